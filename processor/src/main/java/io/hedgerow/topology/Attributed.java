package io.hedgerow.topology;

import io.hedgerow.explain.Attribution;
import io.hedgerow.explain.Batched;

/** An event with its maps. */
record Attributed(Subject subject, Batched<Attribution> result) {}
