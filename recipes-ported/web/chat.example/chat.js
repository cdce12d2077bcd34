// A conversation: the newest messages first, older ones when one scrolls up, and new ones as they come.
if (!session.token) location.replace('/login');
const chat = location.pathname.split('/').pop();
const list = document.querySelector('#messages');
let oldest = null;
let loading = false;

function node({ id, from, at, text, picture }) {
  const message = document.createElement('div');
  message.className = from === session.user ? 'message own' : 'message';
  message.dataset.id = id;
  message.innerHTML = '<b class="from"></b> <time></time> <span class="text"></span>';
  message.querySelector('.from').textContent = from;
  message.querySelector('time').dateTime = at;
  message.querySelector('.text').textContent = text ?? '';
  if (picture) show(message, picture);
  return message;
}

// As messengers do, a picture's address is that of a blob, which only this page can read.
async function show(message, picture) {
  const blob = await (await fetch(`/api/${picture}`)).blob();
  const image = Object.assign(new Image(), { className: 'picture', alt: picture, src: URL.createObjectURL(blob) });
  message.append(image);
}

async function load() {
  if (loading || oldest === 0) return;
  loading = true;
  const page = await (await fetch(`/api/${chat}.json?before=${oldest ?? 'now'}`)).json();
  await new Promise((done) => setTimeout(done, 40));
  const height = list.scrollHeight - list.scrollTop;
  list.prepend(...page.messages.map(node));
  list.scrollTop = list.scrollHeight - height;
  oldest = page.more ? page.messages[0].id : 0;
  loading = false;
}

list.addEventListener('scroll', () => { if (list.scrollTop < 20) load(); });

load().then(async () => {
  list.dataset.ready = 'true';
  // What comes while one looks on: each message after its own pause.
  for (const { after, ...message } of await (await fetch(`/api/${chat}-live.json`)).json()) {
    await new Promise((done) => setTimeout(done, after));
    list.append(node(message));
  }
});
