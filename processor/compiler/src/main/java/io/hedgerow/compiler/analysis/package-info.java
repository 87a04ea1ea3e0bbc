/**
 * Facts about a classifier that are derived once from its graph: what can't be negative, which kernels were learned, what
 * an explanation takes of memory.
 */
@NullMarked
package io.hedgerow.compiler.analysis;

import org.jspecify.annotations.NullMarked;
