/**
 * An application that is not ours: it keeps notes in its own database, and its chats in Twinstore.
 */
@NullMarked
package com.example.host;

import org.jspecify.annotations.NullMarked;
