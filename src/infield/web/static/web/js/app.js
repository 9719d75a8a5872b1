import "./scheme.js";
import "./dialog.js";
import "./toast.js";
import "./keyboard.js";
import "./zone.js";
import "./picks.js";
import "./copy.js";
import "./offline.js";
