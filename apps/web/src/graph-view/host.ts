import { MultiDirectedGraph } from 'graphology';
import Sigma from 'sigma';
import type { RenderParams } from 'sigma/types';
import type { CameraState } from './contract.ts';
import { FRAME_SIZE, framed } from './far-data.ts';
import { farCards, farCurves } from './far-gl.ts';
import type { FarCards, FarCurves } from './far-gl.ts';

export interface HostEvents {
  /** WebGL went away; the host is of no use until `onRestored`. */
  onLost(): void;
  onRestored(): void;
}

export interface Host {
  readonly cards: FarCards;
  readonly curves: FarCurves;
  /** True while the far view shows; false while the cards are painted on the canvas above. */
  readonly visible: boolean;
  /** Draws the far view with this fill of hollow cards at the next frame. */
  show(paper: readonly [number, number, number]): void;
  hide(): void;
  /** The pane has another size. */
  resize(): void;
  setCamera(camera: CameraState): void;
  kill(): void;
}

/**
 * Sigma as the host of the far view: its camera and its two WebGL layers. Its own graph holds nothing but an anchor: the
 * picture's nodes and edges are drawn by two programs of ours from typed arrays, because sigma's index of 27,000
 * nodes takes two seconds to build, and a change of colours would rebuild it. The frame is a fixed square around
 * the layout's origin, so that a new picture leaves the camera alone.
 * Pointers and the wheel are the pane's business, near and far.
 *
 * Throws where there is no WebGL 2.
 */
export function createHost(container: HTMLElement, events: HostEvents): Host {
  let visible = false;
  /** The pane has another size than the hidden layers. */
  let resized = false;
  let paper: readonly [number, number, number] = [255, 255, 255];
  let cards: FarCards | null = null;
  let curves: FarCurves | null = null;
  let scale = 1;

  class Silent {
    drawLabel = undefined;
    drawHover = undefined;
    kill(): void {}
    reallocate(): void {}
    process(): void {}
    render(_params: RenderParams): void {}
  }
  const webgl2 = (context: WebGLRenderingContext): WebGL2RenderingContext => {
    if (!(context instanceof WebGL2RenderingContext)) throw new Error('The far view needs WebGL 2.');
    return context;
  };
  class Cards extends Silent {
    readonly gl: WebGL2RenderingContext;
    constructor(context: WebGLRenderingContext) {
      super();
      this.gl = webgl2(context);
      cards = farCards(this.gl);
    }
    override render(params: RenderParams): void {
      if (visible && toScreen(this.gl, params)) cards?.draw(viewOf(params), paper);
    }
  }
  class Curves extends Silent {
    readonly gl: WebGL2RenderingContext;
    constructor(context: WebGLRenderingContext) {
      super();
      this.gl = webgl2(context);
      curves = farCurves(this.gl);
    }
    override render(params: RenderParams): void {
      if (visible && toScreen(this.gl, params)) curves?.draw(viewOf(params));
    }
  }
  const viewOf = ({ matrix, pixelRatio }: RenderParams) => ({
    matrix,
    scale: scale * pixelRatio,
    pixelRatio,
  });

  const graph = new MultiDirectedGraph();
  graph.addNode('anchor', { x: 0, y: 0, type: 'cards' });
  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    renderLabels: false,
    enableCameraRotation: false,
    enableEdgeEvents: false,
    stagePadding: 0,
    itemSizesReference: 'positions',
    zoomToSizeRatioFunction: (ratio) => ratio,
    defaultNodeType: 'cards',
    defaultEdgeType: 'curves',
    // Sigma's own programs would be compiled too, in three contexts.
    nodeProgramClasses: {
      cards: Cards,
      circle: Silent,
    },
    nodeHoverProgramClasses: { cards: Silent },
    edgeProgramClasses: {
      curves: Curves,
      arrow: Silent,
      line: Silent,
    },
    defaultDrawNodeHover: () => {},
  });
  // Hits are found on rectangles by a grid; sigma would read pixels back from the GPU at every move of the pointer.
  Object.defineProperty(sigma, 'getNodeAtPosition', { value: () => null });
  // Near by, nothing of sigma's is to be seen: a camera move must not clear and compose seven empty layers.
  const scheduleRender = sigma.scheduleRender.bind(sigma);
  Object.defineProperty(sigma, 'scheduleRender', { value: () => (visible ? scheduleRender() : sigma) });
  const half = FRAME_SIZE / 2;
  sigma.setCustomBBox({ x: [-half, half], y: [-half, half] });
  sigma.refresh();

  const camera = sigma.getCamera();
  /** Pixels per layout unit at camera ratio 1; depends on the size of the pane. */
  const baseScale = (): number => {
    const cameraState = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const a = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState });
    const b = sigma.graphToViewport({ x: 1, y: 0 }, { cameraState });
    return b.x - a.x;
  };
  sigma.getMouseCaptor().kill();
  sigma.getTouchCaptor().kill();

  const layers = sigma.getCanvases();
  const canvases = Object.values(layers);
  const compose = (): void => {
    for (const [name, { style }] of Object.entries(layers))
      style.display = visible && (name === 'nodes' || name === 'edges') ? 'block' : 'none';
  };
  compose();
  const lost = (event: Event): void => {
    // Without this the browser never gives the context back.
    event.preventDefault();
    events.onLost();
  };
  const restored = (): void => events.onRestored();
  for (const canvas of canvases) {
    canvas.addEventListener('webglcontextlost', lost);
    canvas.addEventListener('webglcontextrestored', restored);
  }
  if (cards === null || curves === null)
    throw new Error('Sigma did not set up the programs of the far view.');

  return {
    cards,
    curves,
    get visible() {
      return visible;
    },
    show(color) {
      paper = color;
      visible = true;
      if (resized) sigma.resize();
      resized = false;
      compose();
      scheduleRender();
    },
    hide() {
      visible = false;
      compose();
    },
    resize() {
      // Seven layers cost time, and while they are hidden nobody sees them.
      resized = !visible;
      if (visible) sigma.resize();
    },
    setCamera({ x, y, ratio }) {
      camera.setState({ x: framed.x(x), y: framed.y(y), ratio: ratio * baseScale(), angle: 0 });
      scale = 1 / ratio;
    },
    kill() {
      for (const canvas of canvases) {
        canvas.removeEventListener('webglcontextlost', lost);
        canvas.removeEventListener('webglcontextrestored', restored);
      }
      sigma.kill();
    },
  };
}

/** Sigma leaves its picking buffer bound; false while the context is lost. */
function toScreen(gl: WebGL2RenderingContext, { width, height, pixelRatio }: RenderParams): boolean {
  if (gl.isContextLost()) return false;
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.viewport(0, 0, width * pixelRatio, height * pixelRatio);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  return true;
}
