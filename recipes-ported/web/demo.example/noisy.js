document.querySelector('button').addEventListener('click', () => {
  console.log('clicked', 1, { deep: [true] });
  console.warn('the %s is low', 'battery');
  console.error(new Error('no answer').message);
  setTimeout(() => { throw new TypeError('nobody catches this'); });
  setTimeout(() => { document.querySelector('#done').hidden = false; }, 50);
});
