// The frame of every text part: the same things as the html frame says, in plain lines.

/** Content, then who writes, why, and how to stop it. */
export function textLayout({ body, reason }: { body: string; reason: string }): string {
  return `${body.trim()}

--
{{ shop.name }}
{{ shop.url }}

${reason}
{% if message.is_marketing %}
Unsubscribe: {{ unsubscribe_url }}{% endif %}
Choose what you get: {{ preferences_url }}

{{ shop.address }}
`
}
