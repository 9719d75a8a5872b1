import "./scheme.js";
import "./dialog.js";
import "./toast.js";
import "./keyboard.js";
import "./palette.js";
import "./zone.js";
