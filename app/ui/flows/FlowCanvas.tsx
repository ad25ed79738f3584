// The flow as a picture: a card for each step, laid out by itself. Cards and plus signs are buttons, in reading order.
import { BlockStack, Text } from '@shopify/polaris'
import {
  BaseEdge,
  Controls,
  EdgeLabelRenderer,
  type EdgeProps,
  Handle,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react'
import { createContext, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { edgesOf, type Place } from '#app/flows/editing/edges.ts'
import { layOut, triggerCard, wayPath } from '#app/flows/editing/layout.ts'
import { AddStep } from './AddStep.tsx'
import type { FlowViewProps } from './FlowText.tsx'
import { useFlowCards } from './flow-cards.ts'
import { StepFigures } from './StepFigures.tsx'

const ViewContext = createContext<FlowViewProps | null>(null)

export default function FlowCanvas(props: FlowViewProps) {
  const { t } = useTranslation('flows')
  const layout = useMemo(() => layOut(props.definition), [props.definition])
  const { nodes, edges } = useFlowCards(layout)
  return (
    <section className="tern-canvas" aria-label={t('editor.canvas')}>
      <ViewContext.Provider value={props}>
        <ReactFlowProvider>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            zoomOnScroll={false}
            panOnScroll
            preventScrolling={false}
            minZoom={0.2}
            maxZoom={1}
            defaultViewport={{ x: 24, y: 24, zoom: 0.9 }}
          >
            <Controls showInteractive={false} />
          </ReactFlow>
        </ReactFlowProvider>
      </ViewContext.Provider>
    </section>
  )
}

function StepCard({ id }: NodeProps) {
  const view = useContext(ViewContext)
  if (!view) return null
  const { definition, words, counts, wrong, chosen, onChoose } = view
  const isRules = id === triggerCard
  const problem = wrong.get(isRules ? null : id)
  const isChosen = isRules ? chosen === 'rules' : chosen !== null && chosen !== 'rules' && chosen.step === id
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <button
        type="button"
        className="tern-card nopan"
        id={`card-${isRules ? 'rules' : id}`}
        aria-pressed={isChosen}
        data-wrong={problem !== undefined}
        onClick={() => onChoose(isRules ? 'rules' : { step: id })}
      >
        <BlockStack gap="050">
          <Text as="span" variant="bodyMd" fontWeight={isRules ? 'semibold' : 'regular'}>
            {isRules ? words.trigger(definition) : words.numbered(definition, id)}
          </Text>
          {problem ? (
            <Text as="span" variant="bodySm" tone="critical">
              {problem}
            </Text>
          ) : (
            <StepFigures count={counts.steps[id]} />
          )}
        </BlockStack>
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  )
}

function StepWay({ id, source, sourceX, sourceY, targetX, targetY }: EdgeProps) {
  const view = useContext(ViewContext)
  const { t } = useTranslation('flows')
  if (!view) return null
  const { definition, words, onAdd } = view
  const field = id.slice(source.length + 1)
  const step = definition.steps[source]
  const fields = step ? edgesOf(step).map((edge) => edge.field) : []
  const { path, label } = wayPath({ sourceX, sourceY, targetX, targetY, place: Math.max(0, fields.indexOf(field)) })
  const place: Place = step ? { after: source, field } : 'start'
  const way = fields.length > 1 ? words.way(definition, source, field) : null
  return (
    <>
      <BaseEdge id={id} path={path} />
      <EdgeLabelRenderer>
        <div
          className="tern-way nopan"
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
        >
          {way && (
            <Text as="span" variant="bodySm">
              {way}
            </Text>
          )}
          {onAdd && (
            <AddStep
              label={way ? `${t('editor.addHere')}: ${way}` : t('editor.addHere')}
              onAdd={(kind) => onAdd(kind, place)}
            />
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  )
}

const nodeTypes = { step: StepCard }
const edgeTypes = { way: StepWay }
