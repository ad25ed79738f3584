// What somebody has ordered, and what lies in their carts and checkouts.
import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedBasket, ListedOrder } from '#app/orders/purchases-of-profile.server.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import type { Serialised } from '#app/ui/serialised.ts'

export function OrdersCard({ orders }: { orders: Serialised<ListedOrder>[] }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  return (
    <ListCard title={t('orders')} empty={t('noOrders')}>
      {orders.map((order) => (
        <Line
          key={order.shopifyId}
          title={order.name ?? ''}
          amount={format.money(order.totalMinor, order.currency.trim())}
          date={format.date(order.placedAt)}
          items={order.items}
        >
          {order.cancelledAt && <Badge>{t('cancelled')}</Badge>}
          {order.isTest && <Badge>{t('test')}</Badge>}
          {order.refundedMinor > 0 && (
            <Badge>{t('refunded', { amount: format.money(order.refundedMinor, order.currency.trim()) })}</Badge>
          )}
        </Line>
      ))}
    </ListCard>
  )
}

export function BasketsCard({ baskets }: { baskets: Serialised<ListedBasket>[] }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  return (
    <ListCard title={t('baskets')} empty={t('noBaskets')}>
      {baskets.map((basket) => (
        <Line
          key={`${basket.kind} ${basket.token}`}
          title={t(basket.kind)}
          amount={format.money(basket.totalMinor, basket.currency.trim())}
          date={format.dateTime(basket.updatedAt)}
          items={basket.items}
        >
          {basket.kind === 'checkout' && (
            <Badge {...(!basket.completedAt && { tone: 'attention' })}>
              {t(basket.completedAt ? 'completed' : 'open')}
            </Badge>
          )}
        </Line>
      ))}
    </ListCard>
  )
}

function ListCard({ title, empty, children }: { title: string; empty: string; children: ReactNode[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children.length > 0 ? (
          children
        ) : (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        )}
      </BlockStack>
    </Card>
  )
}

interface LineProps {
  title: string
  amount: string
  date: string
  items: { title: string; quantity: number }[]
  children?: ReactNode
}

const itemsShown = 3

function Line({ title, amount, date, items, children }: LineProps) {
  const { t } = useTranslation('profiles')
  const shown = items
    .slice(0, itemsShown)
    .map((item) => (item.quantity > 1 ? `${item.quantity} × ${item.title}` : item.title))
  const more = items.length > itemsShown ? [t('moreItems', { count: items.length - itemsShown })] : []
  return (
    <BlockStack gap="050">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="semibold">
            {title}
          </Text>
          {children}
        </InlineStack>
        <Text as="span" numeric>
          {amount}
        </Text>
      </InlineStack>
      <Text as="span" tone="subdued" variant="bodySm" breakWord>
        {[date, ...shown, ...more].join(' · ')}
      </Text>
    </BlockStack>
  )
}
