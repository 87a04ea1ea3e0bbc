/**
 * From a configuration to a running process and back. {@link io.hedgerow.service.HedgerowService} is the process; what it does is
 * in its {@linkplain io.hedgerow.service.ServicePart parts}, of which explaining is the first.
 */
@NullMarked
package io.hedgerow.service;

import org.jspecify.annotations.NullMarked;
