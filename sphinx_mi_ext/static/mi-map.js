/* Enhancement of the course map: a topic that is chosen, pointed at or in focus shows its closure and what it leads to. */
(() => {
  "use strict";
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const words = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const time = minutes => minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;

  const start = map => {
    const topics = new Map();
    for (const card of all(".mi-map-card", map)) {
      const before = card.dataset.pre ? card.dataset.pre.split(" ") : [];
      topics.set(card.dataset.n, { card, before, after: [], parts: [card], minutes: Number(card.dataset.min), slug: card.dataset.slug });
    }
    for (const [number, topic] of topics) for (const before of topic.before) topics.get(before)?.after.push(number);
    const byAddress = new Map([...topics.values()].map(topic => [topic.card.getAttribute("href"), topic]));
    for (const item of all(".mi-map-list li li", map)) byAddress.get(item.querySelector("p > a")?.getAttribute("href"))?.parts.push(item);
    const edges = all("[data-u]", map);
    const walk = (number, way) => {
      const found = new Set(), stack = [number];
      while (stack.length) for (const next of topics.get(stack.pop())?.[way] ?? []) if (topics.has(next) && !found.has(next)) { found.add(next); stack.push(next); }
      return found;
    };

    const tools = map.querySelector(".mi-map-tools"), select = tools.querySelector("select"), output = tools.querySelector("output");
    const show = number => {
      map.classList.toggle("is-on", topics.has(number));
      const before = walk(number, "before"), after = walk(number, "after");
      const path = new Set(before).add(number), further = new Set(after).add(number);
      for (const [other, { parts }] of topics) for (const part of parts) {
        part.classList.toggle("is-before", before.has(other));
        part.classList.toggle("is-after", after.has(other));
        part.classList.toggle("is-chosen", other === number);
      }
      for (const edge of edges) {
        const { u, v } = edge.dataset;
        edge.classList.toggle("is-before", path.has(u) && path.has(v));
        edge.classList.toggle("is-after", further.has(u) && further.has(v));
      }
      return { before, after };
    };
    let chosen = "";
    const choose = number => {
      chosen = topics.has(number) ? number : "";
      select.value = chosen;
      const { before, after } = show(chosen);
      const minutes = [...before].reduce((sum, other) => sum + topics.get(other).minutes, 0);
      output.textContent = chosen && words(output.dataset.text, { before: before.size, time: time(minutes), own: time(topics.get(chosen).minutes), after: after.size });
    };
    select.addEventListener("change", () => {
      choose(select.value);
      const address = new URL(location.href);
      if (chosen) address.searchParams.set("to", topics.get(chosen).slug); else address.searchParams.delete("to");
      try { history.replaceState(null, "", address); } catch { /* a file */ }
    });
    for (const [number, { card }] of topics) {
      for (const type of ["pointerenter", "focus"]) card.addEventListener(type, () => show(number));
      for (const type of ["pointerleave", "blur"]) card.addEventListener(type, () => show(chosen));
    }
    document.addEventListener("keydown", event => { if (event.key === "Escape" && chosen) choose(""); });
    tools.hidden = false;
    const wanted = new URLSearchParams(location.search).get("to");
    const found = wanted && [...topics].find(([, topic]) => topic.slug === wanted);
    if (found) choose(found[0]);
  };
  for (const map of all(".mi-course-map", document)) start(map);
})();
