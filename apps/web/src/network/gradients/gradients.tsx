import type { JSX } from 'preact';
import { Tabs } from '../../tabs.tsx';
import type { NetworkTabProps, NetworkTabView } from '../contract.ts';
import { CostTab } from './cost.tsx';
import { Descent } from './descent/descent.tsx';
import { LayersTab } from './layers.tsx';
import { UnitsTab } from './units.tsx';
import { change, GRADIENT_TABS, gradientView, type GradientTab } from './view.ts';
import { WaysTab } from './ways.tsx';
import { Wishes } from './wishes/wishes.tsx';
import './gradients.css';
import './wishes/wishes.css';
import './descent/descent.css';

const VIEWS: Readonly<Record<GradientTab, NetworkTabView>> = {
  wishes: Wishes,
  ways: WaysTab,
  layers: LayersTab,
  units: UnitsTab,
  cost: CostTab,
  descent: Descent,
};

/** What the gradient of the network says, in numbers, words and pictures. */
export function Gradients(props: NetworkTabProps): JSX.Element {
  const words = props.texts.gradients;
  const { tab } = gradientView.value;
  const View = VIEWS[tab];
  return (
    <div class="gradients">
      <Tabs
        label={words.label}
        tabs={GRADIENT_TABS}
        current={tab}
        name={(each) => words.tabs[each]}
        panel={(each) => `gradients-${each}`}
        onChange={(each) => change({ tab: each })}
      />
      <div
        key={tab}
        id={`gradients-${tab}`}
        class="gradients-panel"
        role="tabpanel"
        aria-label={words.tabs[tab]}
      >
        <View {...props} />
      </div>
    </div>
  );
}
