"""Abbreviations whose full stop may not end a sentence, written without it: our own list, from newspaper usage."""

from __future__ import annotations

from dateline.text.wordset import word_set

# Always followed by the thing they belong to.
NEVER_LAST = word_set(
    """
    Mr Mrs Ms Mx Messrs Dr Drs Prof Hon Rev Fr Msgr Mgr Sen Sens Rep Reps Gov Govs Pres Gen Brig Maj Col Lt Capt
    Cmdr Cdr Adm Sgt Cpl Pvt Pfc Spc Insp Det Supt Amb Atty Asst St Ste Mt Ft vs v viz cf ca approx Sra Srta Dña
    Mme Mlle MM Hr núm bzw Dipl Ing Sh Shri Smt Tn Engr Hj Ust GEN LT COL MAJ CAPT SGT MR MRS DR
    """
)

# Before a figure they do not end a sentence; before anything else they may.
BEFORE_FIGURE = word_set(
    """
    No Nos Nr Art Arts Sec Sect Fig Figs Vol Ch Chap p pp para par Op Rs Tk c Jan Feb Mar Apr Jun Jul Aug Sep
    Sept Oct Nov Dec Ext Tel Rt Hwy est max min NO JAN FEB MAR APR JUN JUL AUG SEP SEPT OCT NOV DEC dlrs
    """
)

# They end a sentence only where the next word is one that begins sentences.
EITHER = word_set(
    """
    Inc Corp Co Cos Ltd Bros LLC Plc Jr Sr Esq etc al Ave Blvd Rd Dept Univ Assn Intl Jan Feb Mar Apr Jun Jul
    Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun am pm Ala Ariz Ark Calif Colo Conn Del
    Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va Wash Wis Wyo Mass Ont
    Que Sask Alta ft lb lbs oz sq hr hrs mph ed eds
    """
)

# Words that begin sentences far more often than they go on with a name.
STARTERS = word_set(
    """
    The A An In On At For From By With To Of As It Its He She They We You His Her Their Our My This That These
    Those There Here But And Or So Yet If When While Where Although Though Because Since After Before Until
    During Despite However Meanwhile Also Both Some Many Most Several Other Others All Each Not No Now Then
    Earlier Later Last According Among Under Over Between Two Three Four Five Asked What Who Why How Which
    Whether Officials Police Witnesses One Another More Authorities Residents Such El Los Las Le Les Il Elle Der
    Die Das Es Er Sie O Os Ele Ela En THE A AN IN ON AT FOR FROM BY WITH BUT HE SHE THEY IT THIS THAT
    """
)

# Months after a German ordinal ("am 3. März"), whose stop ends nothing.
GERMAN_MONTHS = word_set(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember
    """
)
