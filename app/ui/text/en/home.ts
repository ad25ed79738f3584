// The words of the home page.

export default {
  title: 'Home',
}
