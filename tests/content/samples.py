"""What residents are asked, and clauses as a coordinator would write them, to fill the slots with."""

from surveyapp.content.library import Texts, library

# An ordinary partner's clause, and a resident's own, as a coordinator would write them in each language
CLAUSES = {
    "da": ("startede lokale madspildsmiddage", "deltog i IBM's IT-kursus"),
    "sv": ("startade lokala middagar mot matsvinn", "deltog i IBM:s it-kurs"),
    "no": ("startet lokale middager mot matsvinn", "deltok på IBMs it-kurs"),
    "en": ("started local dinners against food waste", "took part in IBM's computer course"),
    "de": (
        "hat lokale Abendessen gegen Lebensmittelverschwendung eingeführt",
        "Ich habe am Computerkurs von IBM teilgenommen",
    ),
    "ar": ("بدأت بتنظيم وجبات محلية ضد هدر الطعام", "شاركت في دورة الحاسوب لدى IBM"),
    "tr": ("gıda israfına karşı mahalle yemekleri başlattı", "IBM'in bilgisayar kursuna katıldım"),
    "fa": ("شام‌های محلی برای کم کردن دورریز غذا را شروع کرد", "در دورهٔ کامپیوتر IBM شرکت کردم"),
    "ur": ("نے کھانے کے ضیاع کے خلاف مقامی دعوتیں شروع کیں", "میں نے IBM کے کمپیوٹر کورس میں حصہ لیا"),
    "pl": ("zaczął organizować lokalne kolacje przeciw marnowaniu jedzenia", "Mam za sobą kurs komputerowy IBM"),
    "uk": ("розпочав місцеві вечері проти марнування їжі", "Я маю за плечима комп'ютерний курс IBM"),
    "ro": ("a început cine locale împotriva risipei de mâncare", "Am participat la cursul de calculatoare al IBM"),
    "bs": ("je pokrenuo lokalne večere protiv bacanja hrane", "Iza mene je kurs računara u IBM-u"),
    "so": ("waxay bilowday casho xaafadeed oo cuntada lagu badbaadiyo", "Waxaan ka qayb galay koorsada IBM"),
    "kmr": ("dest bi şîvên taxê yên li dijî îsrafa xwarinê kir", "Ez beşdarî kursa kompîturê ya IBM bûm"),
    "ckb": ("دەستی کرد بە نانخواردنی هاوبەش دژی بەفیڕۆدانی خۆراک", "بەشداریم لە خولی کۆمپیوتەری IBM کرد"),
    "ti": ("ኣንጻር ብኽነት መግቢ ናይ ሓባር ድራር ጀሚሩ", "ኣብ ናይ IBM ኮርስ ኮምፒዩተር ተሳቲፈ"),
}


def said_to_residents() -> dict[str, Texts]:
    said = {key: item.texts for key, item in library().items.items()}
    said |= {f"exposure {key}": exposure.texts for key, exposure in library().exposures.items()}
    for key, question in library().background.items():
        said[f"background {key}"] = question.texts
        said |= {f"background {key} {name}": texts for name, texts in question.categories.items()}
    return said


SAID = said_to_residents()


def filled(text: str, language: str) -> str:
    partners_clause, own_clause = CLAUSES[language]
    clause = partners_clause if "{partner}" in text else own_clause
    return text.format(partner="COOP", initiative=clause, place="Egeparken")
