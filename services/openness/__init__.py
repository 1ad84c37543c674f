"""The party's own work with appeals, open to everybody: figures of months, frozen once."""
