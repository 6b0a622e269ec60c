/**
 * Layer 7: where this process listens: the event loops and their transport, sockets that another process may take over, and who
 * serves at them: the listeners and the operator's window. Control context only, but where a member says otherwise.
 */
@NullMarked
package io.fairlead.network;

import org.jspecify.annotations.NullMarked;
