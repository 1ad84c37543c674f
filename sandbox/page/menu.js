/** A small pop-up menu and the suggestion lists: arrow keys, Enter, Escape, a tap outside closes. */

import { button, el, icon } from "./dom.js";

let close = () => {};

/** Closes the menu that is open, if any. */
export const closeMenu = () => close();

/** Opens a menu at `anchor`. Items: `{ icon, text, on, testid?, checked? }`; falsy ones are left out. */
export function openMenu(anchor, items, { name } = {}) {
  const again = anchor.getAttribute("aria-expanded") === "true";
  close();
  if (again) return;
  const menu = el("div", { class: "menu", role: "menu", "aria-label": name, data: { testid: "menu" } });
  for (const item of items.filter(Boolean)) menu.append(entry(item));
  document.body.append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const outside = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const returnFocus = () => anchor.isConnected && anchor.focus({ preventScroll: true });
  close = () => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    close = () => {};
  };
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
      returnFocus();
    } else steer(menu, event);
  });
  menu.querySelector("button")?.focus({ preventScroll: true });
}

function entry(item) {
  return button(
    {
      role: "menuitem",
      class: item.danger ? "danger" : null,
      data: item.testid ? { testid: item.testid } : {},
      on: {
        click: () => {
          close();
          item.on();
        },
      },
    },
    icon(item.icon),
    el("span", {}, item.text),
  );
}

function steer(menu, event) {
  const entries = [...menu.querySelectorAll("button")];
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  entries[(to + entries.length) % entries.length].focus();
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.max(8, Math.min(box.left, innerWidth - width - 8));
  const below = box.bottom + 6;
  const fits = below + height <= innerHeight - 8;
  menu.style.left = `${left}px`;
  menu.style.top = `${fits ? below : Math.max(8, box.top - height - 6)}px`;
}
