// The oldest message after the known one, as soon as there is one; null after a silence.
const [list, after, patience] = arguments;
const box = document.querySelector(list);
const next = () => {
  const node = [...box.querySelectorAll(".message")].find(({ dataset }) => Number(dataset.id) > after);
  return node && {
    id: Number(node.dataset.id),
    from: node.querySelector(".from").textContent,
    at: node.querySelector("time").dateTime,
    text: node.querySelector(".text").textContent,
  };
};
return next() ?? new Promise((done) => {
  const finish = (message) => {
    observer.disconnect();
    clearTimeout(timer);
    done(message);
  };
  const observer = new MutationObserver(() => {
    const message = next();
    if (message) finish(message);
  });
  const timer = setTimeout(() => finish(null), patience);
  observer.observe(box, { childList: true });
});
