/**
 * From a configuration to what a running process needs: devices with their models, the audit trail, connections, and a way
 * to stop.
 */
@NullMarked
package io.hedgerow.service;

import org.jspecify.annotations.NullMarked;
