/** Layer-wise relevance propagation: another composite of rules, carried through the network as gradient hedging is. */
@NullMarked
package io.hedgerow.compiler.lrp;

import org.jspecify.annotations.NullMarked;
