/* Enhancement only: every part of a page works without this file. No dependencies. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (type, handler, options) => document.addEventListener(type, handler, options);
  const start = run => document.readyState === "loading" ? on("DOMContentLoaded", run) : run();

  /* ---- which topics are read: kept by the browser, or for this page where it keeps nothing */
  const KEY = "mi-read";
  let kept = new Set();
  const load = () => { try { kept = new Set(JSON.parse(localStorage.getItem(KEY) || "[]")); } catch { /* as it is */ } return kept; };
  const save = () => { try { localStorage.setItem(KEY, JSON.stringify([...kept])); } catch { /* for this page only */ } };
  const paint = () => {
    const read = load();
    for (const item of all("[data-mi-topic]")) item.classList.toggle("is-read", read.has(item.dataset.miTopic));
    for (const count of all("[data-mi-count]")) {
      const slugs = count.dataset.miCount.split(/\s+/).filter(Boolean);
      const done = slugs.filter(slug => read.has(slug)).length;
      count.textContent = done ? `${done}/${slugs.length}` : String(slugs.length);
    }
    for (const button of all("[data-mi-done]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(read.has(button.dataset.miDone)));
    }
  };
  on("click", event => {
    const button = event.target.closest?.("[data-mi-done]");
    if (!button) return;
    const slug = button.dataset.miDone;
    load();
    if (!kept.delete(slug)) kept.add(slug);
    save();
    paint();
  });
  addEventListener("storage", paint);

  /* ---- notes: a mark tells how its note stands, also where it stands far away (tables) */
  on("toggle", event => {
    const state = event.target;
    if (!state.classList?.contains("mi-note-state")) return;
    for (const button of all(`[popovertarget="${CSS.escape(state.id)}"]`)) {
      button.classList.toggle("is-open", event.newState === "open");
      button.setAttribute("aria-expanded", String(event.newState === "open"));
    }
  }, true);
  const noteOf = mark => mark && document.getElementById(mark.hash.slice(1));
  for (const [type, marked] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    on(type, event => noteOf(event.target.closest?.(".mi-mark-link"))?.classList.toggle("is-marked", marked));
  }

  /* ---- cards: Escape closes; a first tap opens, a second follows the link */
  const shut = except => { for (const open of all(".mi-hover.is-open")) if (open !== except) open.classList.remove("is-open"); };
  on("keydown", event => {
    if (event.key !== "Escape") return;
    shut();
    for (const hover of all(".mi-hover:is(:hover, :focus-within)")) hover.classList.add("is-shut");
  });
  for (const type of ["pointerout", "focusout"]) on(type, event => event.target.closest?.(".mi-hover")?.classList.remove("is-shut"));
  let touch = false;
  on("pointerdown", event => { touch = event.pointerType === "touch"; shut(event.target.closest?.(".mi-hover")); });
  on("click", event => {
    const link = event.target.closest?.(".mi-hover > a");
    if (!link || !touch || link.parentNode.classList.contains("is-open")) return;
    event.preventDefault();
    shut();
    link.parentNode.classList.add("is-open");
  });

  /* ---- the theme's list closes when a mode is chosen */
  on("click", event => { if (event.target.closest?.(".mi-theme-list button")) document.getElementById("mi-theme-list").hidePopover?.(); });

  /* ---- the drawer closes when a place on this page is chosen in it */
  on("click", event => { if (event.target.closest?.("dialog .mi-onpage a")) event.target.closest("dialog").close(); });

  /* ---- the section that is read, in the sidebar */
  const followSections = () => {
    const links = new Map(all(".mi-onpage a").map(link => [decodeURIComponent(link.hash.slice(1)), link]));
    if (!links.size || !("IntersectionObserver" in window)) return;
    const observer = new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id).setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-15% 0px -75% 0px" });
    for (const id of links.keys()) { const section = document.getElementById(id); if (section) observer.observe(section); }
  };
  const showCurrent = () => {
    const sidebar = document.querySelector(".bd-sidebar-primary"), here = sidebar?.querySelector(".is-current");
    if (here && here.offsetTop > sidebar.clientHeight * .6) sidebar.scrollTop = here.offsetTop - sidebar.clientHeight / 3;
  };

  /* ---- what scrolls sideways can be reached by the keyboard, and only that */
  const SCROLLS = ".mi-eq-math, .mi-math-wide, .mi-note math[display=block], .highlight pre, .pst-scrollable-table-container";
  /* a formula in a line cannot be broken by the browser: where it is wider than the text, it scrolls alone */
  const tameFormulas = () => {
    const wide = all(":is(p, li, dd) math:not([display=block])").filter(math => {
      const block = math.closest("p, li, dd");
      return block.clientWidth && !math.closest(".mi-math-wide, .mi-card") && math.getBoundingClientRect().width > block.clientWidth;
    });
    for (const math of wide) {
      const span = document.createElement("span");
      span.className = "mi-math-wide";
      math.replaceWith(span);
      span.append(math);
    }
  };
  const markScrolling = () => {
    tameFormulas();
    const found = all(SCROLLS).map(box => [box, box.scrollWidth > box.clientWidth + 1]);
    for (const [box, scrolls] of found) {
      if (!scrolls) { box.removeAttribute("tabindex"); continue; }
      box.tabIndex = 0;
      if (box.matches(".mi-eq-math, .mi-math-wide") && !box.hasAttribute("role")) {
        const number = box.parentNode.querySelector(".mi-eq-no");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", number?.getAttribute("aria-label") || "Formula");
      }
    }
  };
  let waiting;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(markScrolling, 400); };
  addEventListener("resize", later);
  addEventListener("load", later);
  on("toggle", later, true);

  /* ---- what the script of the theme did: a shade under the bar when the page has moved */
  const watchScroll = () => {
    const pixel = document.querySelector(".sbt-scroll-pixel-helper");
    if (pixel && "IntersectionObserver" in window) {
      new IntersectionObserver(([entry]) => document.body.classList.toggle("scrolled", entry.boundingClientRect.y < 0)).observe(pixel);
    }
  };

  /* ---- print opens the answers, in browsers that cannot by style sheet */
  addEventListener("beforeprint", () => { for (const answer of all("details.mi-answer:not([open])")) { answer.open = true; answer.dataset.miPrint = ""; } });
  addEventListener("afterprint", () => { for (const answer of all("details[data-mi-print]")) { answer.open = false; delete answer.dataset.miPrint; } });

  start(() => {
    if ("popover" in HTMLElement.prototype) for (const button of all(".mi-mark-button")) button.setAttribute("aria-expanded", "false");
    paint(); followSections(); showCurrent(); watchScroll(); later();
  });
})();
