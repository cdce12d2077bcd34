// Scrolls a list to its beginning again and again, until a while brings nothing older or often enough.
const [list, item, times] = arguments;
const box = document.querySelector(list);
const older = () => new Promise((done) => {
  const observer = new MutationObserver(() => finish(true));
  const timer = setTimeout(() => finish(false), 500);
  const finish = (more) => {
    observer.disconnect();
    clearTimeout(timer);
    done(more);
  };
  observer.observe(box, { childList: true });
  box.scrollTop = box.scrollHeight;
  box.scrollTop = 0;
});
const first = () => box.querySelector(item);
for (let turn = 0; turn < times; turn += 1) {
  const before = first();
  while (await older()) if (first() !== before) break;
  if (first() === before) return { turns: turn, complete: true };
}
return { turns: times, complete: false };
