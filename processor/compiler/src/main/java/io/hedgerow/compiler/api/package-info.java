/** What callers of the compiler give and get: options, limits, what was compiled, and why a model was refused. */
@NullMarked
package io.hedgerow.compiler.api;

import org.jspecify.annotations.NullMarked;
