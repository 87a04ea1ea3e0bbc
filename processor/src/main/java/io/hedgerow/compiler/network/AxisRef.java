package io.hedgerow.compiler.network;

/** One axis of a tensor, counted from 0. */
record AxisRef(TensorRef tensor, int axis) {}
