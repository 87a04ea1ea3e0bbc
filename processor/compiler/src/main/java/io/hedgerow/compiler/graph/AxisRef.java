package io.hedgerow.compiler.graph;

/** One axis of a tensor, counted from 0. */
record AxisRef(TensorRef tensor, int axis) {}
