/** Two small WebGL programs for the view from afar. They keep their buffers and upload only what changed. */

interface Shader {
  readonly program: WebGLProgram;
  readonly uniform: (name: string) => WebGLUniformLocation | null;
}

function compile(gl: WebGL2RenderingContext, vertex: string, fragment: string): Shader {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    // A lost context gives null for everything; drawing is then a no-op until it is restored.
    if (shader === null) continue;
    gl.shaderSource(shader, `#version 300 es\nprecision highp float;\n${source}`);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.isContextLost() && gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(
      `The far view's shader does not link: ${gl.getProgramInfoLog(program) ?? 'no reason given'}`,
    );
  return {
    program,
    uniform: (name) => gl.getUniformLocation(program, name),
  };
}

/** How the frame lies on the canvas. */
export interface FarView {
  /** From framed coordinates to clip space, column-major 3 × 3. */
  readonly matrix: Float32Array;
  /** Pixels of the canvas per layout unit. */
  readonly scale: number;
  /** Pixels of the canvas per CSS pixel. */
  readonly pixelRatio: number;
}

export interface FarCards {
  setPoints(points: Float32Array): void;
  setColors(colors: Uint8Array): void;
  draw(view: FarView, paper: readonly [number, number, number]): void;
}

/** Cards as points: rounded rectangles with a frame, striped where negative, hollow where nothing has arrived. */
export function farCards(gl: WebGL2RenderingContext): FarCards {
  const { program, uniform } = compile(
    gl,
    `layout(location = 0) in vec4 card; layout(location = 1) in vec4 color;
    uniform mat3 matrix; uniform float scale; out vec3 tint; out vec2 size; flat out int fill;
    void main() {
      gl_Position = vec4((matrix * vec3(card.xy, 1.0)).xy, 0.0, 1.0);
      size = max(card.zw * scale, vec2(2.0));
      gl_PointSize = max(size.x, size.y) + 2.0;
      tint = color.rgb; fill = int(color.a * 255.0 + 0.5);
    }`,
    `in vec3 tint; in vec2 size; flat in int fill; uniform vec3 paper; uniform float pixelRatio; out vec4 result;
    void main() {
      vec2 at = (gl_PointCoord - 0.5) * (max(size.x, size.y) + 2.0);
      float radius = min(size.x, size.y) * 0.22;
      vec2 q = abs(at) - size * 0.5 + radius;
      float outside = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
      float cover = clamp(0.5 - outside, 0.0, 1.0);
      if (cover <= 0.0) discard;
      float frame = clamp(outside + 1.4 * pixelRatio + 0.5, 0.0, 1.0);
      bool half_ = fill >= 3 && at.x > 0.0;
      bool striped = fill == 2 || fill == 4;
      float inside = fill == 0 || half_ ? 0.0 : 1.0;
      if (striped && inside > 0.0) {
        float period = 5.0 * pixelRatio;
        inside = mix(0.25, 1.0, step(0.5, fract((at.x + at.y) / period)));
      }
      result = vec4(mix(paper, tint, max(frame, inside)) * cover, cover);
    }`,
  );
  const points = gl.createBuffer();
  const colors = gl.createBuffer();
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, points);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 0);
  gl.bindBuffer(gl.ARRAY_BUFFER, colors);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, 0, 0);
  gl.bindVertexArray(null);
  let count = 0;
  return {
    setPoints(data) {
      count = data.length / 4;
      gl.bindBuffer(gl.ARRAY_BUFFER, points);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    },
    setColors(data) {
      gl.bindBuffer(gl.ARRAY_BUFFER, colors);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    },
    draw({ matrix, scale, pixelRatio }, paper) {
      if (count === 0) return;
      gl.useProgram(program);
      gl.uniformMatrix3fv(uniform('matrix'), false, matrix);
      gl.uniform1f(uniform('scale'), scale);
      gl.uniform1f(uniform('pixelRatio'), pixelRatio);
      gl.uniform3f(uniform('paper'), paper[0] / 255, paper[1] / 255, paper[2] / 255);
      gl.bindVertexArray(array);
      gl.drawArrays(gl.POINTS, 0, count);
      gl.bindVertexArray(null);
    },
  };
}

export interface FarCurves {
  setVertices(vertices: Float32Array): void;
  setColors(colors: Uint8Array): void;
  draw(view: FarView): void;
}

/** Curves as thin lines; negative flow is dashed. */
export function farCurves(gl: WebGL2RenderingContext): FarCurves {
  const { program, uniform } = compile(
    gl,
    `layout(location = 0) in vec3 vertex; layout(location = 1) in vec4 color; layout(location = 2) in vec4 style;
    uniform mat3 matrix; uniform float scale; out vec4 tint; out float along; flat out float dashed;
    void main() {
      gl_Position = vec4((matrix * vec3(vertex.xy, 1.0)).xy, 0.0, 1.0);
      tint = vec4(color.rgb * color.a, color.a); along = vertex.z * scale; dashed = style.x;
    }`,
    `in vec4 tint; in float along; flat in float dashed; uniform float pixelRatio; out vec4 result;
    void main() {
      if (dashed > 0.5 && fract(along / (8.0 * pixelRatio)) > 0.6) discard;
      result = tint;
    }`,
  );
  const vertices = gl.createBuffer();
  const colors = gl.createBuffer();
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, vertices);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
  gl.bindBuffer(gl.ARRAY_BUFFER, colors);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, 8, 0);
  gl.enableVertexAttribArray(2);
  gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, 8, 4);
  gl.bindVertexArray(null);
  let count = 0;
  return {
    setVertices(data) {
      count = data.length / 3;
      gl.bindBuffer(gl.ARRAY_BUFFER, vertices);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    },
    setColors(data) {
      gl.bindBuffer(gl.ARRAY_BUFFER, colors);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    },
    draw({ matrix, scale, pixelRatio }) {
      if (count === 0) return;
      gl.useProgram(program);
      gl.uniformMatrix3fv(uniform('matrix'), false, matrix);
      gl.uniform1f(uniform('scale'), scale);
      gl.uniform1f(uniform('pixelRatio'), pixelRatio);
      gl.bindVertexArray(array);
      gl.drawArrays(gl.LINES, 0, count);
      gl.bindVertexArray(null);
    },
  };
}
