"""Les phrases en français. Entre accolades, ce que le constat apporte. « ~ » y tient lieu d’espace insécable."""

REFUSALS = {
    "encrypted_or_old": "Le classeur est protégé par un mot de passe ou à l’ancien format .xls~; "
    "enregistrez-le en .xlsx, sans mot de passe.",
    "too_big": "Le classeur est trop volumineux~: {size} octets, {limit} au plus.",
    "too_big_unpacked": "Le classeur décompressé est trop volumineux~: {size} octets ou plus, {limit} au plus.",
    "too_many_cells": "Le classeur a trop de cellules~; {limit} au plus sont lues.",
    "broken": "Le classeur est endommagé et ne peut pas être lu.",
    "not_xlsx": "Ce n’est pas un classeur .xlsx.",
    "macros": "Le classeur contient des macros~; enregistrez-le en .xlsx, sans macro.",
    "external_links": "Le classeur est lié à d’autres fichiers~; remplacez ces liens par leurs valeurs.",
    "entities": "Le XML du classeur déclare des entités, ce qu’aucun tableur n’écrit~; il n’est pas lu.",
    "no_sheet": "Le classeur n’a aucune feuille de cellules.",
    "no_such_sheet": "Il n’y a pas de feuille «~{sheet}~». Les feuilles sont~: {sheets}.",
    "nothing_filled_in": "Aucune feuille nommée par le plan n’est remplie~: {sheets}.",
    "no_evaluator": "Il n’y a pas d’évaluateur là où le plan place le premier.",
    "no_criterion": "Il n’y a pas de nom de critère là où le plan les place.",
    "not_as_many": "Le plan nomme {count} cellules pour {what}, mais il y a {criteria} critères.",
    "same_name_twice": "Deux feuilles du plan portent le même nom.",
    "criteria_differ": "Les critères ne sont pas ceux de la feuille «~{first}~».",
    "weights_differ": "Les poids ne sont pas ceux de la feuille «~{first}~».",
    "options_differ": "Les options ne sont pas celles de la feuille «~{first}~».",
    "choose_set": "Chaque feuille est un jeu de poids~: choisissez-en un avec --set, ou mettez {{set}} dans le nom "
    "après --out. Les jeux sont~: {sets}.",
}

NOTES = {
    "no_weight": "Il n’y a pas de poids ici.",
    "negative_weight": "Le poids est négatif.",
    "mark_off_scale": "La note {mark} est hors de son échelle.",
    "unreadable_number": "«~{shown}~» n’est pas un nombre~; la note est tenue pour manquante, jamais pour 0.",
    "date_for_number": "C’est une date, pas un nombre~; la note est tenue pour manquante, jamais pour 0.",
    "numbers_as_text": "{count} nombres sur {of} sont enregistrés comme du texte~; ils sont lus comme des nombres.",
    "empty_form": "Personne n’a rien noté sur cette feuille~; elle est laissée de côté.",
    "empty_form_error": "Formulaire vide~: son poids en {cell} est une erreur~; la feuille est laissée de côté.",
    "tied_by_place": "Les poids tiennent aux critères par leur place~: «~{other}~» ici est «~{name}~» là-bas.",
    "turned_round": "{title}~: le plus bas est le meilleur, chaque note est donc retournée ({sum} − note).",
    "weight_cut": "{title}~: le poids n’a pas de fin en décimales~; il est coupé à 15 décimales.",
    "option_unmarked": "{option}~: personne ne l’a notée~; elle reste sans rang.",
    "mark_missing": "{option}, {criterion}~: pas de note~; elle reste manquante, ce n’est pas 0.",
}

FINDINGS = {
    "pattern_break": "{formula} rompt avec ses voisines, dont le modèle donne {expected}.",
    "pattern_break_lucky": "{formula} rompt avec ses voisines, dont le modèle donne {expected}~; la valeur est juste par chance.",
    "pattern_break_lucky_several": "Elles rompent avec leurs voisines et sont justes par chance~: "
    "{formula} là où les voisines donnent {expected}, et ainsi de suite.",
    "pattern_break_unfilled": "{formula} rompt avec ses voisines, dont le modèle donne {expected}~; pas encore de valeur.",
    "pattern_break_unfilled_several": "Elles rompent avec leurs voisines et n’ont pas encore de valeur~: "
    "{formula} là où les voisines donnent {expected}, et ainsi de suite.",
    "sheet_break_unfilled": "{formula} diffère de la même cellule des feuilles sœurs, qui ont {expected}~; pas encore de valeur.",
    "constant_among_formulas_unfilled": "Un nombre saisi tient la place d’une formule, que ses voisines ont~; "
    "ici ce serait {expected}, qui n’a pas encore de valeur.",
    "sheet_break": "{formula} diffère de la même cellule des feuilles sœurs, qui ont {expected}.",
    "sheet_break_lucky": "{formula} diffère de la même cellule des feuilles sœurs, qui ont {expected}~; "
    "la valeur est juste par chance.",
    "constant_among_formulas": "Un nombre saisi tient la place d’une formule, que ses voisines ont~; ici ce serait {expected}.",
    "constant_among_formulas_lucky": "Un nombre saisi tient la place d’une formule, que ses voisines ont~; "
    "ici ce serait {expected}. La valeur est juste tant que rien ne change.",
    "typed_result": "Un nombre saisi se trouve entre des formules~; il ne suit pas quand elles changent.",
    "typed_result_pasted": "Un nombre saisi se trouve entre des formules, le même sur {sheets} feuilles alors que ce qui est "
    "au-dessus diffère~: il a été collé.",
    "typed_result_lucky": "Un nombre saisi se trouve entre des formules~; il est juste tant que rien ne change.",
    "stored_differs": "La valeur enregistrée n’est pas celle que donne {formula}.",
    "float_parts_a_tie": "Des totaux égaux sont départagés par le dernier chiffre de nombres binaires~; exactement, ils sont égaux.",
    "not_checked": "Non vérifié~: {function}.",
    "never_calculated": "Le classeur n’a jamais été calculé~: aucune formule n’a de valeur enregistrée. "
    "Les valeurs exactes sont employées.",
    "error_values": "Des valeurs d’erreur commencent ici (cellules~: {count}).",
    "errors_in_form": "Valeurs d’erreur là où rien n’est rempli (cellules~: {count})~: formulaire vide ou calcul inutilisé.",
    "text_in_range": "La plage contient des nombres enregistrés comme du texte («~{text}~»), que la fonction ignore.",
    "numbers_as_text": "{count} des {of} nombres saisis que lisent les formules de cette feuille sont du texte. Les opérations "
    "les prennent, mais SOMME sur ces cellules les ignorerait.",
    "unmarked_as_zero": "{option}~: personne ne l’a notée, et pourtant son total affiche {shown}. "
    "Il devrait ne rien afficher, ou «~non notée~».",
    "blank_counted_as_zero": "{blank} est vide et compte pour 0.",
    "product_skips_blank": "{blank} est vide, et PRODUIT l’ignore~: le poids seul est affiché, comme si la note était 1.",
    "link_to_blank": "Le lien affiche 0 pour {blank}, qui est vide~: une note manquante devient un vrai zéro.",
    "blank_through_link": "Les liens ({count}) afficheraient 0 pour une note laissée vide. Aucune ne l’est à présent.",
    "product_over_blank": "Les formules PRODUIT ({count}) ignoreraient un facteur effacé et afficheraient le poids seul, "
    "comme si la note était 1.",
    "average_leaves_out": "La moyenne sur {range} laisse de côté {cell}, qui contient la même formule~; avec elle, ce serait {with_it}.",
    "range_short": "{function} sur {range} s’arrête avant {cell}~; {wider} serait complet.",
    "range_long": "{function} porte sur {range}~: {filled} cellules sont remplies, {blanks} à la suite sont vides.",
    "weights_sum": "Les poids font {shown} en tout, et non {divisor}.",
    "typed_fraction": "{shown} est saisi pour {fraction} (cellules~: {count}).",
    "total_differs": "{option}~: les poids multipliés par les notes donnent {right}, et non {shown}.{because}",
    "normalised_differs": "{option}~: calculé sur le total juste, c’est {right}, et non {shown}.{because}",
    "rank_differs": "{option}~: d’après les totaux justes, son rang est {right}, et non {shown}.{because}",
    "rounded_on_the_way": "{option}~: des chiffres arrondis avant d’être ajoutés donnent {shown} au lieu de {right}.",
    "mark_not_counted": "{option}, {criterion}~: le total en {total} ne lit pas cette note.",
    "weight_not_summed": "La somme laisse de côté le poids de «~{criterion}~», en {weight}.",
    "tie_unmarked": "{names} sont exactement à égalité à la place {place} ({shown})~; le classeur ne le dit pas.",
    "tie_parted": "{names} sont exactement à égalité ({shown}), et pourtant leurs rangs diffèrent.",
    "looks_equal": "{names} (à partir de la place {place}) semblent à égalité à une décimale~: {shown} et {other}.",
    "half_stored_below": "{option}~: le total exact est {right}, enregistré un rien au-dessous. Arrondi à la main, "
    "à {places} décimales, c’est {by_hand}~; à partir du nombre enregistré, {stored}.",
    "ranks_mixed": "Les rangs sont établis de différentes façons dans un même classeur (ailleurs~: {other}).",
    "rank_range": "{option}~: le rang est pris sur {range}, qui ne couvre pas {whole}.",
    "zero_or_blank": "{range} contient à la fois un 0 saisi ({zero}) et des vides ({blank})~; {function} compte l’un et pas "
    "les autres. Le 0 veut-il dire «~non noté~»~?",
    "direction": "«~{label}~» est noté sur «~{words}~», et une note plus haute {adds} le total. Est-ce voulu~?",
    "directions_together": "Si tous étaient retournés ({labels})~:",
    "marks_missing": "{option}~: notes manquantes, au nombre de {count}.",
}

ROUND = {
    True: "augmente",
    False: "diminue",
    "because": " Cela tient à {causes}.",
    "levels": {"error": "Erreurs", "warning": "Avertissements", "question": "Questions", "info": "Remarques"},
    "shows": "affiche {shown}",
    "right": "juste~: {right}",
    "nothing": "rien",
    "total": "total de {name} {shown} → {right}",
    "normalised": "chiffre de {name} {shown} → {right} ({cell})",
    "rank": "rang de {name} {shown} → {right}",
    "cell": "{cell}{named} {shown} → {right}",
    "exchange": "{first} et {second} échangent leurs places",
    "first": "la première place revient à {name}",
    "shared": "{names} partage alors la première place",
    "head": "{formulas} formules calculées exactement, {unchecked} non vérifiées. "
    "Erreurs~: {error}. Avertissements~: {warning}. Questions~: {question}. Remarques~: {info}.",
    "mended": "Une fois les faux pas corrigés",
    "clean": "Rien de faux n’a été trouvé.",
    "written": "{file}~: {options} options, {criteria} critères.",
    "and": " et ",
    "quote": "«~{name}~»",
}
