/** People's answers to what was found, and their wishes for other references, as records in the topic of references. */
@NullMarked
package io.hedgerow.monitor.answer;

import org.jspecify.annotations.NullMarked;
