// A tablet keeps no draft: the next person may be somebody else. These stand in for what a phone does.

function keptDraft() { return null }
function keptLetters() { return [] }
function save() {}
function isMine() { return true }
