/** The browser with which tests look at the page. */
@NullMarked
package io.fairlead.browser;

import org.jspecify.annotations.NullMarked;
