// The page's own description of itself: `<meta>` by name or property, `<link>` by relation.
const [prefix] = arguments;
const tags = {};
for (const meta of document.head.querySelectorAll("meta[name], meta[property]")) {
  const name = meta.getAttribute("property") ?? meta.getAttribute("name");
  if (name.startsWith(prefix)) tags[name] = meta.content;
}
const canonical = document.head.querySelector("link[rel='canonical']");
return { title: document.title, canonical: canonical?.href ?? null, tags };
