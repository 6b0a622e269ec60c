/**
 * Layer 5: the data plane, HTTP in and HTTP out. One listener verticle per event loop; everything of an exchange is
 * confined to the loop on which its connection lives.
 */
@NullMarked
package io.fairlead.proxy;

import org.jspecify.annotations.NullMarked;
