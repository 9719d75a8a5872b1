import "./scheme.js";
import "./dialog.js";
import "./toast.js";
import "./keyboard.js";
import "./zone.js";
import "./copy.js";
