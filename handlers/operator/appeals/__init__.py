"""The desk of appeals: the queue, one appeal before its handler, lists, search."""
