/**
 * From a classifier's graph to the graph that explains it: relevance carried node by node, as ordinary TensorFlow nodes.
 */
@NullMarked
package io.hedgerow.compiler.method;

import org.jspecify.annotations.NullMarked;
