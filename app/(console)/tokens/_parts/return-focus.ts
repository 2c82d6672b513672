"use client";

import { type RefObject, useLayoutEffect } from "react";

/** The page itself, for when what had the keyboard is gone. */
export function focusPage(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** `onCloseAutoFocus` of a dialog that a menu or another page part opened: back to what opened it, else to the page. */
export function returnFocus(opener: RefObject<HTMLElement | null>): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    const element = opener.current;
    // A hidden or removed element takes no focus, and the keyboard would start over from the top of the document.
    if (element?.isConnected && element.getClientRects().length > 0) element.focus();
    else focusPage();
  };
}

/** When an element leaves the page while it has the focus, as a button does whose work is done, the page takes it. */
export function useFocusHeir(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const mounted = element.current;
    return () => {
      if (mounted && document.activeElement === mounted) focusPage();
    };
  }, [element]);
}
