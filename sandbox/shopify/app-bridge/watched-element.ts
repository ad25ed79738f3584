// The base of the elements that only describe something for the admin's frame: invisible, and reported on each change.

export abstract class WatchedElement extends HTMLElement {
  private readonly observer = new MutationObserver(() => this.report())

  connectedCallback() {
    this.observer.observe(this, { attributes: true, childList: true, characterData: true, subtree: true })
    this.report()
  }

  disconnectedCallback() {
    this.observer.disconnect()
    this.withdraw()
  }

  /** Tells the admin what the element says now. */
  protected abstract report(): void

  /** Tells the admin that the element is gone. */
  protected abstract withdraw(): void
}
