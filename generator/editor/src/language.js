// The forms speak the language of the site, whatever the browser speaks, until somebody chooses another one. Sveltia CMS reads
// what was chosen as soon as it is loaded, so this module stands before it.

const CHOICES = "sveltia-cms.prefs";

if (!localStorage.getItem(CHOICES)) {
  localStorage.setItem(CHOICES, JSON.stringify({ locale: document.documentElement.lang }));
}
