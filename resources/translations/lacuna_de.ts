<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActionRegistry</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>&amp;Maske</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a picture or a project</source>
        <translation>Ein Bild oder Projekt öffnen</translation>
    </message>
    <message>
        <source>&amp;New Example Picture</source>
        <translation>&amp;Neues Beispielbild</translation>
    </message>
    <message>
        <source>Draw another scene with a hole, of the kind that was drawn last</source>
        <translation>Eine weitere Szene mit einem Loch zeichnen, von der zuletzt gezeichneten Art</translation>
    </message>
    <message>
        <source>&amp;Paste Picture</source>
        <translation>Bild &amp;einfügen</translation>
    </message>
    <message>
        <source>Open the picture of the clipboard</source>
        <translation>Das Bild der Zwischenablage öffnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save picture, mask and completions as a project</source>
        <translation>Bild, Maske und Ergänzungen als Projekt speichern</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save the project under another name</source>
        <translation>Das Projekt unter anderem Namen speichern</translation>
    </message>
    <message>
        <source>&amp;Recover…</source>
        <translation>&amp;Wiederherstellen…</translation>
    </message>
    <message>
        <source>Open again what was closed without being saved</source>
        <translation>Wieder öffnen, was ungespeichert geschlossen wurde</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Save completions as pictures, layers or a contact sheet</source>
        <translation>Ergänzungen als Bilder, Ebenen oder Kontaktbogen speichern</translation>
    </message>
    <message>
        <source>Fill a Fol&amp;der…</source>
        <translation>Einen Or&amp;dner füllen…</translation>
    </message>
    <message>
        <source>Fill all pictures of a folder that have masks</source>
        <translation>Alle Bilder eines Ordners füllen, die Masken haben</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close Lacuna</source>
        <translation>Lacuna schließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take back the last change of the mask</source>
        <translation>Die letzte Änderung der Maske zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Make the change of the mask again</source>
        <translation>Die Änderung der Maske noch einmal machen</translation>
    </message>
    <message>
        <source>&amp;Copy Completion</source>
        <translation>Ergänzung &amp;kopieren</translation>
    </message>
    <message>
        <source>Put the completion on the canvas into the clipboard</source>
        <translation>Die Ergänzung auf der Leinwand in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>&amp;Zoom In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Show the picture larger</source>
        <translation>Das Bild größer zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show the picture smaller</source>
        <translation>Das Bild kleiner zeigen</translation>
    </message>
    <message>
        <source>&amp;Fit Picture</source>
        <translation>Bild &amp;einpassen</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>Das ganze Bild zeigen</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>Show one picture pixel as one screen pixel</source>
        <translation>Einen Bildpunkt als einen Bildschirmpunkt zeigen</translation>
    </message>
    <message>
        <source>Show &amp;Mask</source>
        <translation>&amp;Maske zeigen</translation>
    </message>
    <message>
        <source>Show the hole as a hatched colour over the picture</source>
        <translation>Das Loch als schraffierte Farbe über dem Bild zeigen</translation>
    </message>
    <message>
        <source>Show O&amp;riginal</source>
        <translation>O&amp;riginal zeigen</translation>
    </message>
    <message>
        <source>Return from a completion to the picture as it was</source>
        <translation>Von einer Ergänzung zum ursprünglichen Bild zurückkehren</translation>
    </message>
    <message>
        <source>&amp;Compare with Original</source>
        <translation>Mit Original &amp;vergleichen</translation>
    </message>
    <message>
        <source>Hold to see the picture without the completion</source>
        <translation>Halten, um das Bild ohne die Ergänzung zu sehen</translation>
    </message>
    <message>
        <source>A|B &amp;Slider</source>
        <translation>A|B-&amp;Schieber</translation>
    </message>
    <message>
        <source>Slide a line between original and completion</source>
        <translation>Eine Linie zwischen Original und Ergänzung schieben</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <source>Show what the completion changed, on black</source>
        <translation>Auf Schwarz zeigen, was die Ergänzung geändert hat</translation>
    </message>
    <message>
        <source>&amp;Blink</source>
        <translation>&amp;Blinken</translation>
    </message>
    <message>
        <source>Show original and completion in turn</source>
        <translation>Original und Ergänzung im Wechsel zeigen</translation>
    </message>
    <message>
        <source>Side b&amp;y Side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>Show the completion beside the original, or beside the pinned one</source>
        <translation>Die Ergänzung neben dem Original oder neben der angehefteten zeigen</translation>
    </message>
    <message>
        <source>Grid of Se&amp;veral</source>
        <translation>Ras&amp;ter von mehreren</translation>
    </message>
    <message>
        <source>Show the starred completions, or those of the cards, beside each other</source>
        <translation>Die Ergänzungen mit Stern oder die der Karten nebeneinander zeigen</translation>
    </message>
    <message>
        <source>Tw&amp;in without Guidance</source>
        <translation>&amp;Zwilling ohne Führung</translation>
    </message>
    <message>
        <source>Show the completion beside the one that the same noise gives without guidance</source>
        <translation>Die Ergänzung neben der zeigen, die dasselbe Rauschen ohne Führung gibt</translation>
    </message>
    <message>
        <source>&amp;Next Way to Compare</source>
        <translation>Nä&amp;chste Art zu vergleichen</translation>
    </message>
    <message>
        <source>Go to the next way to compare</source>
        <translation>Zur nächsten Art zu vergleichen gehen</translation>
    </message>
    <message>
        <source>Pin S&amp;hown Completion</source>
        <translation>Gezeigte Ergänzung an&amp;heften</translation>
    </message>
    <message>
        <source>Keep it on the left of Side by Side</source>
        <translation>Sie links in Nebeneinander behalten</translation>
    </message>
    <message>
        <source>&amp;Uncertainty Lens</source>
        <translation>Uns&amp;icherheitslupe</translation>
    </message>
    <message>
        <source>Show where the completions disagree; a click there groups the gallery by that region</source>
        <translation>Zeigen, wo sich die Ergänzungen unterscheiden; ein Klick gruppiert die Galerie nach diesem Bereich</translation>
    </message>
    <message>
        <source>Tai&amp;l Report</source>
        <translation>Bericht über Seltenes</translation>
    </message>
    <message>
        <source>Tell what a few random samples of the pool would miss</source>
        <translation>Sagen, was ein paar zufällige Ziehungen des Vorrats verpassen würden</translation>
    </message>
    <message>
        <source>Wor&amp;kspace Mask</source>
        <translation>&amp;Arbeitsbereich Maske</translation>
    </message>
    <message>
        <source>Give the whole window to the picture</source>
        <translation>Das ganze Fenster dem Bild geben</translation>
    </message>
    <message>
        <source>Workspace &amp;Explore</source>
        <translation>Arbeitsbereich Erk&amp;unden</translation>
    </message>
    <message>
        <source>Show the panel and the gallery, too</source>
        <translation>Auch das Bedienfeld und die Galerie zeigen</translation>
    </message>
    <message>
        <source>&amp;Workspace Sweep</source>
        <translation>Arbeitsbereich Reihe</translation>
    </message>
    <message>
        <source>Show the board that compares many settings</source>
        <translation>Die Tafel zeigen, die viele Einstellungen vergleicht</translation>
    </message>
    <message>
        <source>Full S&amp;creen</source>
        <translation>Vollbi&amp;ld</translation>
    </message>
    <message>
        <source>Let the window cover the screen</source>
        <translation>Das Fenster den ganzen Bildschirm bedecken lassen</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>Paint the hole; the right button erases</source>
        <translation>Das Loch malen; die rechte Taste radiert</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <source>Make painted pixels known again</source>
        <translation>Gemalte Punkte wieder bekannt machen</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>R&amp;echteck</translation>
    </message>
    <message>
        <source>Drag a rectangular hole; the right button erases</source>
        <translation>Ein rechteckiges Loch aufziehen; die rechte Taste radiert</translation>
    </message>
    <message>
        <source>Ell&amp;ipse</source>
        <translation>Ellip&amp;se</translation>
    </message>
    <message>
        <source>Drag an elliptic hole; the right button erases</source>
        <translation>Ein elliptisches Loch aufziehen; die rechte Taste radiert</translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation>&amp;Lasso</translation>
    </message>
    <message>
        <source>Draw around a hole; the right button erases</source>
        <translation>Ein Loch umfahren; die rechte Taste radiert</translation>
    </message>
    <message>
        <source>P&amp;olygon</source>
        <translation>&amp;Vieleck</translation>
    </message>
    <message>
        <source>Click the corners of a hole; Enter closes, Backspace removes the last one, Esc drops</source>
        <translation>Die Ecken eines Lochs klicken; Eingabe schließt, die Rücktaste nimmt die letzte weg, Esc verwirft</translation>
    </message>
    <message>
        <source>Bucket &amp;Fill</source>
        <translation>&amp;Fülleimer</translation>
    </message>
    <message>
        <source>Click to make the pixels of similar colour there a hole; the right button erases</source>
        <translation>Klicken macht Punkte ähnlicher Farbe dort zum Loch; die rechte Taste radiert</translation>
    </message>
    <message>
        <source>Ke&amp;yboard Cursor</source>
        <translation>&amp;Tastaturzeiger</translation>
    </message>
    <message>
        <source>Arrows move it, Space or Enter starts and ends a shape, Delete erases</source>
        <translation>Pfeile bewegen ihn, Leertaste oder Eingabe beginnt und beendet eine Form, Entf radiert</translation>
    </message>
    <message>
        <source>&amp;Move View</source>
        <translation>Ansicht &amp;bewegen</translation>
    </message>
    <message>
        <source>Drag the picture; Space held does the same with any tool</source>
        <translation>Das Bild ziehen; mit gehaltener Leertaste tut es jedes Werkzeug</translation>
    </message>
    <message>
        <source>&amp;Smaller Brush</source>
        <translation>&amp;Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Make the brush smaller; also Alt and wheel</source>
        <translation>Den Pinsel kleiner machen; auch Alt und Rad</translation>
    </message>
    <message>
        <source>Lar&amp;ger Brush</source>
        <translation>&amp;Größerer Pinsel</translation>
    </message>
    <message>
        <source>Make the brush larger; also Alt and wheel</source>
        <translation>Den Pinsel größer machen; auch Alt und Rad</translation>
    </message>
    <message>
        <source>&amp;Harder Edge</source>
        <translation>&amp;Härterer Rand</translation>
    </message>
    <message>
        <source>Make the soft edge of the hole narrower</source>
        <translation>Den weichen Rand des Lochs schmaler machen</translation>
    </message>
    <message>
        <source>Sof&amp;ter Edge</source>
        <translation>Weicherer Rand</translation>
    </message>
    <message>
        <source>Make the soft edge of the hole wider: completions blend there with the picture</source>
        <translation>Den weichen Rand des Lochs breiter machen: Ergänzungen gehen dort ins Bild über</translation>
    </message>
    <message>
        <source>Gro&amp;w</source>
        <translation>&amp;Wachsen</translation>
    </message>
    <message>
        <source>Move the border of the hole outwards</source>
        <translation>Den Rand des Lochs nach außen verschieben</translation>
    </message>
    <message>
        <source>Shri&amp;nk</source>
        <translation>S&amp;chrumpfen</translation>
    </message>
    <message>
        <source>Move the border of the hole inwards</source>
        <translation>Den Rand des Lochs nach innen verschieben</translation>
    </message>
    <message>
        <source>Mark &amp;All</source>
        <translation>&amp;Alles markieren</translation>
    </message>
    <message>
        <source>Make the whole picture a hole</source>
        <translation>Das ganze Bild zum Loch machen</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>Leere&amp;n</translation>
    </message>
    <message>
        <source>Make every pixel known</source>
        <translation>Jeden Punkt bekannt machen</translation>
    </message>
    <message>
        <source>In&amp;vert</source>
        <translation>&amp;Umkehren</translation>
    </message>
    <message>
        <source>Exchange hole and known pixels</source>
        <translation>Loch und bekannte Punkte vertauschen</translation>
    </message>
    <message>
        <source>New Mas&amp;k</source>
        <translation>Neue &amp;Maske</translation>
    </message>
    <message>
        <source>Add an empty mask to the picture and use it</source>
        <translation>Dem Bild eine leere Maske geben und sie benutzen</translation>
    </message>
    <message>
        <source>&amp;Duplicate Mask</source>
        <translation>Maske ver&amp;doppeln</translation>
    </message>
    <message>
        <source>Add a copy of the mask and use it</source>
        <translation>Eine Kopie der Maske anlegen und benutzen</translation>
    </message>
    <message>
        <source>Rename Mask…</source>
        <translation>Maske umbenennen…</translation>
    </message>
    <message>
        <source>Give the mask another name</source>
        <translation>Der Maske einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Delete Mask</source>
        <translation>Maske löschen</translation>
    </message>
    <message>
        <source>Remove the mask; undo brings it back</source>
        <translation>Die Maske entfernen; Rückgängig bringt sie zurück</translation>
    </message>
    <message>
        <source>Paint and fill the mask with that number</source>
        <translation>Die Maske mit dieser Nummer malen und füllen</translation>
    </message>
    <message>
        <source>Import Mask…</source>
        <translation>Maske &amp;importieren…</translation>
    </message>
    <message>
        <source>Read a mask from the brightness or the alpha of a picture file</source>
        <translation>Eine Maske aus Helligkeit oder Alpha einer Bilddatei lesen</translation>
    </message>
    <message>
        <source>E&amp;xport Mask…</source>
        <translation>Maske e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Save the mask as a PNG file: white is the hole</source>
        <translation>Die Maske als PNG-Datei speichern: Weiß ist das Loch</translation>
    </message>
    <message>
        <source>&amp;Generate Set</source>
        <translation>Satz &amp;erzeugen</translation>
    </message>
    <message>
        <source>Fill the hole in several different ways</source>
        <translation>Das Loch auf mehrere verschiedene Arten füllen</translation>
    </message>
    <message>
        <source>Add to &amp;Queue</source>
        <translation>In die &amp;Warteschlange</translation>
    </message>
    <message>
        <source>Put a run with this picture, mask and these settings at the end of the queue</source>
        <translation>Einen Lauf mit diesem Bild, dieser Maske und diesen Einstellungen ans Ende der Warteschlange stellen</translation>
    </message>
    <message>
        <source>&amp;Pause Queue</source>
        <translation>Warteschlange an&amp;halten</translation>
    </message>
    <message>
        <source>Hold the run where it is until the queue goes on</source>
        <translation>Den Lauf festhalten, wo er ist, bis die Warteschlange weitergeht</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>End the run and keep what is there so far</source>
        <translation>Den Lauf beenden und behalten, was schon da ist</translation>
    </message>
    <message>
        <source>New S&amp;eed</source>
        <translation>&amp;Neuer Startwert</translation>
    </message>
    <message>
        <source>Roll the dice for another set</source>
        <translation>Um einen anderen Satz würfeln</translation>
    </message>
    <message>
        <source>S&amp;weep…</source>
        <translation>&amp;Reihe…</translation>
    </message>
    <message>
        <source>Fill the hole with many values of two parameters and compare the sets</source>
        <translation>Das Loch mit vielen Werten zweier Einstellungen füllen und die Sätze vergleichen</translation>
    </message>
    <message>
        <source>&amp;Next Completion</source>
        <translation>N&amp;ächste Ergänzung</translation>
    </message>
    <message>
        <source>Show the next completion of the set</source>
        <translation>Die nächste Ergänzung des Satzes zeigen</translation>
    </message>
    <message>
        <source>Pre&amp;vious Completion</source>
        <translation>&amp;Vorige Ergänzung</translation>
    </message>
    <message>
        <source>Show the previous completion of the set</source>
        <translation>Die vorige Ergänzung des Satzes zeigen</translation>
    </message>
    <message>
        <source>Show Completion 1 to 9</source>
        <translation>Ergänzung 1 bis 9 zeigen</translation>
    </message>
    <message>
        <source>Show the completion with that number</source>
        <translation>Die Ergänzung mit dieser Nummer zeigen</translation>
    </message>
    <message>
        <source>Open the Branch of a Card</source>
        <translation>Zweig einer Karte öffnen</translation>
    </message>
    <message>
        <source>Show what a card stands for</source>
        <translation>Zeigen, wofür eine Karte steht</translation>
    </message>
    <message>
        <source>Leave the Branch</source>
        <translation>Zweig verlassen</translation>
    </message>
    <message>
        <source>Go one level up in the tree</source>
        <translation>Im Baum eine Ebene nach oben gehen</translation>
    </message>
    <message>
        <source>Star a Card</source>
        <translation>Karte mit Stern versehen</translation>
    </message>
    <message>
        <source>Keep it when the cards are chosen anew</source>
        <translation>Sie behalten, wenn die Karten neu gewählt werden</translation>
    </message>
    <message>
        <source>Reject a Card</source>
        <translation>Karte verwerfen</translation>
    </message>
    <message>
        <source>Mark it as not wanted</source>
        <translation>Sie als unerwünscht kennzeichnen</translation>
    </message>
    <message>
        <source>M&amp;odels…</source>
        <translation>M&amp;odelle…</translation>
    </message>
    <message>
        <source>See, download, import and remove models</source>
        <translation>Modelle ansehen, herunterladen, importieren und entfernen</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>List and change what every key does</source>
        <translation>Zeigen und ändern, was jede Taste tut</translation>
    </message>
    <message>
        <source>&amp;Find Command…</source>
        <translation>&amp;Befehl suchen…</translation>
    </message>
    <message>
        <source>Find an action by words and run it</source>
        <translation>Eine Aktion durch Wörter finden und ausführen</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>&amp;Hinweise wieder zeigen</translation>
    </message>
    <message>
        <source>Explain every part again when it is first used</source>
        <translation>Jeden Teil bei der ersten Benutzung wieder erklären</translation>
    </message>
    <message>
        <source>Collect &amp;Diagnostics…</source>
        <translation>&amp;Diagnose sammeln…</translation>
    </message>
    <message>
        <source>Save what helps to find a fault, without pictures and names</source>
        <translation>Speichern, was bei der Fehlersuche hilft, ohne Bilder und Namen</translation>
    </message>
    <message>
        <source>&amp;About Lacuna</source>
        <translation>Üb&amp;er Lacuna</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version und Lizenz</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>Version and licence of Qt</source>
        <translation>Version und Lizenz von Qt</translation>
    </message>
    <message>
        <source>C held</source>
        <translation>C gehalten</translation>
    </message>
    <message>
        <source>Ctrl+Alt+1 … 9</source>
        <translation>Ctrl+Alt+1 … 9</translation>
    </message>
    <message>
        <source>1 … 9</source>
        <translation>1 … 9</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Use Mask &amp;1</source>
        <translation>Maske &amp;1 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;2</source>
        <translation>Maske &amp;2 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;3</source>
        <translation>Maske &amp;3 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;4</source>
        <translation>Maske &amp;4 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;5</source>
        <translation>Maske &amp;5 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;6</source>
        <translation>Maske &amp;6 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;7</source>
        <translation>Maske &amp;7 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;8</source>
        <translation>Maske &amp;8 benutzen</translation>
    </message>
    <message>
        <source>Use Mask &amp;9</source>
        <translation>Maske &amp;9 benutzen</translation>
    </message>
    <message>
        <source>&amp;Compare Models…</source>
        <translation>&amp;Modelle vergleichen…</translation>
    </message>
    <message>
        <source>Fill the hole with several models from one noise and compare the sets</source>
        <translation>Das Loch mit mehreren Modellen aus einem Rauschen füllen und die Sätze vergleichen</translation>
    </message>
    <message>
        <source>&amp;Run Again and Verify</source>
        <translation>Wiederholen und &amp;prüfen</translation>
    </message>
    <message>
        <source>Run the recipe of the set again and compare every sample</source>
        <translation>Das Rezept des Satzes noch einmal ausführen und jeden Wert vergleichen</translation>
    </message>
</context>
<context>
    <name>AxisEditor</name>
    <message>
        <source>Which parameter of the recipe varies</source>
        <translation>Welche Einstellung sich ändert</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>values, separated by commas</source>
        <translation>Werte, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>The values of this axis, separated by commas. Add one and press Enter: only its cells are new. A bound is in grey levels, or as 0.0003:per-image, or none.</source>
        <translation>Die Werte dieser Achse, durch Kommas getrennt. Fügen Sie einen hinzu und drücken Sie Eingabe: Nur seine Zellen sind neu. Eine Grenze steht in Graustufen, oder als 0.0003:per-image, oder none.</translation>
    </message>
    <message>
        <source>%1: parameter</source>
        <translation>%1: Einstellung</translation>
    </message>
    <message>
        <source>%1: values</source>
        <translation>%1: Werte</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>%1 pictures have no mask and are left out, %2 first.</source>
        <translation>%1 Bilder haben keine Maske und bleiben aus, zuerst %2.</translation>
    </message>
    <message>
        <source>There is no picture in this folder.</source>
        <translation>In diesem Ordner ist kein Bild.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Filling …</source>
        <translation>Wird gefüllt …</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>%1 completions</source>
        <translation>%1 Ergänzungen</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 pictures are filled.</source>
        <translation>Angehalten: %1 von %2 Bildern sind gefüllt.</translation>
    </message>
    <message>
        <source>%1 of %2 pictures are filled.</source>
        <translation>%1 von %2 Bildern sind gefüllt.</translation>
    </message>
    <message>
        <source>%1 could not be; the report says why.</source>
        <translation>%1 konnten es nicht; der Bericht sagt, warum.</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Pictures of the folder</source>
        <translation>Bilder des Ordners</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Choose a folder of pictures and their masks.
What will be filled is listed here.</source>
        <translation>Wählen Sie einen Ordner mit Bildern und ihren Masken.
Was gefüllt wird, steht dann hier.</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a folder: %1</source>
        <translation>Einen Ordner wählen: %1</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Choose one mask for all</source>
        <translation>Eine Maske für alle wählen</translation>
    </message>
    <message>
        <source>Fill a Folder</source>
        <translation>Einen Ordner füllen</translation>
    </message>
    <message>
        <source>&amp;Pictures</source>
        <translation>&amp;Bilder</translation>
    </message>
    <message>
        <source>&amp;Masks, or one mask for all</source>
        <translation>&amp;Masken, oder eine für alle</translation>
    </message>
    <message>
        <source>The mask of beach.jpg is called beach, beach.mask, beach_mask or beach-mask.</source>
        <translation>Die Maske von beach.jpg heißt beach, beach.mask, beach_mask oder beach-mask.</translation>
    </message>
    <message>
        <source>&amp;Write to</source>
        <translation>&amp;Schreiben nach</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>TIFF</source>
        <translation>TIFF</translation>
    </message>
    <message>
        <source>WebP</source>
        <translation>WebP</translation>
    </message>
    <message>
        <source>OpenRaster, all as layers</source>
        <translation>OpenRaster, alles als Ebenen</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Settings only</source>
        <translation>Nur Einstellungen</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>What the files tell</source>
        <translation>Was die Dateien verraten</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>What the files &amp;tell</source>
        <translation>Was die Dateien &amp;verraten</translation>
    </message>
    <message>
        <source>Progress of the folder</source>
        <translation>Fortschritt des Ordners</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>Zurück zum Bild</translation>
    </message>
    <message>
        <source>Every picture gets the set that the panel describes: model %1, %2 completions, seed %3.</source>
        <translation>Jedes Bild bekommt den Satz, den das Bedienfeld beschreibt: Modell %1, %2 Ergänzungen, Startwert %3.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>%1 pictures with masks.</source>
        <translation>%1 Bilder mit Masken.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Filling %1 pictures.</source>
        <translation>%1 Bilder werden gefüllt.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Fill All</source>
        <translation>Alle füllen</translation>
    </message>
    <message>
        <source>Fill all pictures</source>
        <translation>Alle Bilder füllen</translation>
    </message>
</context>
<context>
    <name>Breadcrumb</name>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
    <message>
        <source>Back to this branch (Backspace goes one level up)</source>
        <translation>Zurück zu diesem Zweig (die Rücktaste geht eine Ebene nach oben)</translation>
    </message>
</context>
<context>
    <name>CandidateMap</name>
    <message>
        <source>Map of the candidates</source>
        <translation>Karte der Kandidaten</translation>
    </message>
    <message>
        <source>Candidates that lie near each other are alike</source>
        <translation>Kandidaten, die nahe beieinander liegen, ähneln sich</translation>
    </message>
    <message>
        <source>Candidate %1</source>
        <translation>Kandidat %1</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture and mask</source>
        <translation>Bild und Maske</translation>
    </message>
    <message>
        <source>Paint the hole here. Arrow keys move the picture, or the keyboard cursor after K.</source>
        <translation>Malen Sie hier das Loch. Pfeiltasten bewegen das Bild, nach K den Tastaturzeiger.</translation>
    </message>
    <message>
        <source>%1 × %2 px, 1 : %3</source>
        <translation>%1 × %2 px, 1 : %3</translation>
    </message>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>completion</source>
        <translation>Ergänzung</translation>
    </message>
    <message>
        <source>Keyboard cursor off</source>
        <translation>Tastaturzeiger aus</translation>
    </message>
    <message>
        <source>x %1, y %2</source>
        <translation>x %1, y %2</translation>
    </message>
    <message>
        <source>%1, rectangle of %2 × %3 pixels</source>
        <translation>%1, Rechteck von %2 × %3 Punkten</translation>
    </message>
    <message>
        <source>%1, ellipse of %2 × %3 pixels</source>
        <translation>%1, Ellipse von %2 × %3 Punkten</translation>
    </message>
    <message>
        <source>%1, painting</source>
        <translation>%1, malt</translation>
    </message>
    <message>
        <source>%1, erasing</source>
        <translation>%1, radiert</translation>
    </message>
    <message>
        <source>%1, polygon of %2 corners</source>
        <translation>%1, Vieleck mit %2 Ecken</translation>
    </message>
    <message>
        <source>%1, done; the hole has %2 pixels</source>
        <translation>%1, fertig; das Loch hat %2 Punkte</translation>
    </message>
    <message>
        <source>%1, dropped</source>
        <translation>%1, verworfen</translation>
    </message>
</context>
<context>
    <name>CanvasHeader</name>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>A|B</source>
        <translation>A|B</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>Diff.</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>Blinken</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Neben</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Twin</source>
        <translation>Zwilling</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Hold to see the original (C held)</source>
        <translation>Halten, um das Original zu sehen (C gehalten)</translation>
    </message>
    <message>
        <source>Known samples that changed</source>
        <translation>Bekannte Werte, die sich geändert haben</translation>
    </message>
    <message>
        <source>Show the completion alone</source>
        <translation>Die Ergänzung allein zeigen</translation>
    </message>
    <message>
        <source>Slide between original and completion (V)</source>
        <translation>Zwischen Original und Ergänzung schieben (V)</translation>
    </message>
    <message>
        <source>Show what changed, on black (D)</source>
        <translation>Auf Schwarz zeigen, was sich geändert hat (D)</translation>
    </message>
    <message>
        <source>Show original and completion in turn</source>
        <translation>Original und Ergänzung im Wechsel zeigen</translation>
    </message>
    <message>
        <source>Show the original, or the pinned completion, beside it (Shift+V)</source>
        <translation>Das Original oder die angeheftete Ergänzung daneben zeigen (Umschalt+V)</translation>
    </message>
    <message>
        <source>Show starred completions, or those of the cards, in a grid (N)</source>
        <translation>Ergänzungen mit Stern oder die der Karten im Raster zeigen (N)</translation>
    </message>
    <message>
        <source>Show the completion beside the one without guidance (T)</source>
        <translation>Die Ergänzung neben der ohne Führung zeigen (T)</translation>
    </message>
    <message>
        <source>Show mask</source>
        <translation>Maske zeigen</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 px</translation>
    </message>
    <message>
        <source>hole &lt; 0.1 %</source>
        <translation>Loch &lt; 0,1 %</translation>
    </message>
    <message>
        <source>hole %1 %</source>
        <translation>Loch %1 %</translation>
    </message>
    <message>
        <source>Share of the picture that is to be filled</source>
        <translation>Anteil des Bildes, der gefüllt werden soll</translation>
    </message>
    <message>
        <source>%1. Press to see the difference.</source>
        <translation>%1. Drücken, um den Unterschied zu sehen.</translation>
    </message>
</context>
<context>
    <name>CoachMarks</name>
    <message>
        <source>Paint over what should be replaced. The right button erases; the wheel zooms.</source>
        <translation>Übermalen Sie, was ersetzt werden soll. Die rechte Taste radiert, das Rad zoomt.</translation>
    </message>
    <message>
        <source>There is a hole now. %1 fills it in several different ways.</source>
        <translation>Jetzt ist ein Loch da. %1 füllt es auf mehrere verschiedene Arten.</translation>
    </message>
    <message>
        <source>Every card is another completion. Press 1 to 9 to look at one, and hold C to see the original.</source>
        <translation>Jede Karte ist eine andere Ergänzung. 1 bis 9 zeigen sie, gehaltenes C zeigt das Original.</translation>
    </message>
    <message>
        <source>A card stands for all candidates that are like it; the bar shows how many. Enter opens them, S stars a card.</source>
        <translation>Eine Karte steht für alle Kandidaten, die ihr ähneln; der Balken zeigt, wie viele. Die Eingabetaste öffnet sie, S gibt einen Stern.</translation>
    </message>
    <message>
        <source>%1 finds every command by a word, without the menus.</source>
        <translation>%1 findet jeden Befehl durch ein Wort, ohne die Menüs.</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Mask of the picture: white is the hole.</source>
        <translation>Maske des Bildes: Weiß ist das Loch.</translation>
    </message>
    <message>
        <source>Open an example: harbour, meadow, wall or portrait.</source>
        <translation>Ein Beispiel öffnen: harbour, meadow, wall oder portrait.</translation>
    </message>
    <message>
        <source>Draw a scene of the window into the file PICTURE and end.</source>
        <translation>Eine Szene des Fensters in die Datei PICTURE zeichnen und enden.</translation>
    </message>
    <message>
        <source>Print the names of the scenes.</source>
        <translation>Die Namen der Szenen ausgeben.</translation>
    </message>
    <message>
        <source>light, dark or high-contrast.</source>
        <translation>light, dark oder high-contrast.</translation>
    </message>
    <message>
        <source>en, de, or pseudo for tests.</source>
        <translation>en, de oder pseudo für Tests.</translation>
    </message>
    <message>
        <source>Device pixels per pixel of a scene, 1 to 4.</source>
        <translation>Gerätepunkte je Punkt einer Szene, 1 bis 4.</translation>
    </message>
    <message>
        <source>Meaningfully diverse inpainting</source>
        <translation>Sinnvoll verschiedene Bildergänzung</translation>
    </message>
    <message>
        <source>Picture or project to open.</source>
        <translation>Zu öffnendes Bild oder Projekt.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>%1 · not now</source>
        <translation>%1 · jetzt nicht</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
    <message>
        <source>No command has these words.</source>
        <translation>Kein Befehl hat diese Wörter.</translation>
    </message>
    <message>
        <source>Not possible now. %1</source>
        <translation>Jetzt nicht möglich. %1</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>seed %1, noise %2</source>
        <translation>Startwert %1, Rauschen %2</translation>
    </message>
    <message>
        <source>Candidate %1 · %2</source>
        <translation>Kandidat %1 · %2</translation>
    </message>
    <message>
        <source>Completion %1 · %2</source>
        <translation>Ergänzung %1 · %2</translation>
    </message>
    <message>
        <source>%1 · pinned</source>
        <translation>%1 · angeheftet</translation>
    </message>
    <message>
        <source>%1 without guidance</source>
        <translation>%1 ohne Führung</translation>
    </message>
    <message>
        <source>%1 with guidance</source>
        <translation>%1 mit Führung</translation>
    </message>
</context>
<context>
    <name>CostLine</name>
    <message>
        <source>What the next run will cost</source>
        <translation>Was der nächste Lauf kostet</translation>
    </message>
    <message>
        <source>%1 evaluations, about %2 here</source>
        <translation>%1 Auswertungen, hier etwa %2</translation>
    </message>
    <message>
        <source>%1 evaluations; how long they take here is known after the first run</source>
        <translation>%1 Auswertungen; wie lange sie hier dauern, ist nach dem ersten Lauf bekannt</translation>
    </message>
    <message>
        <source>The model looks %1 times at up to %2 pictures at once. The time is what earlier runs with this model and method took on this computer.</source>
        <translation>Das Modell blickt %1-mal auf bis zu %2 Bilder zugleich. Die Zeit ist, was frühere Läufe mit diesem Modell und Verfahren auf diesem Rechner brauchten.</translation>
    </message>
</context>
<context>
    <name>DistanceGraph</name>
    <message>
        <source>Distance of every completion to its nearest mate</source>
        <translation>Abstand jeder Ergänzung zu ihrem nächsten Nachbarn</translation>
    </message>
    <message>
        <source>%1 of %2 pushed now</source>
        <translation>%1 von %2 werden geschoben</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>After %1 of %2 evaluations of each completion.</source>
        <translation>Nach %1 von %2 Auswertungen jeder Ergänzung.</translation>
    </message>
    <message>
        <source>The bound is %1 grey levels.</source>
        <translation>Die Grenze ist %1 Graustufen.</translation>
    </message>
    <message>
        <source>There is no bound.</source>
        <translation>Es gibt keine Grenze.</translation>
    </message>
    <message>
        <source>Completion %1: %2, pushed now.</source>
        <translation>Ergänzung %1: %2, wird geschoben.</translation>
    </message>
    <message>
        <source>Completion %1: %2.</source>
        <translation>Ergänzung %1: %2.</translation>
    </message>
    <message>
        <source>Distance to nearest mate</source>
        <translation>Abstand zum nächsten Nachbarn</translation>
    </message>
</context>
<context>
    <name>DiversityBox</name>
    <message>
        <source>plain</source>
        <translation>schlicht</translation>
    </message>
    <message>
        <source>gentle</source>
        <translation>sanft</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>wild</source>
        <translation>wild</translation>
    </message>
    <message>
        <source>Keep a &amp;twin without guidance</source>
        <translation>Einen Z&amp;willing ohne Führung behalten</translation>
    </message>
    <message>
        <source>How strongly the completions of a set are pushed apart. Plain leaves them as the model draws them; wild looks for as many meanings as there are.</source>
        <translation>Wie stark die Ergänzungen eines Satzes auseinandergeschoben werden. Schlicht lässt sie, wie das Modell sie zieht; wild sucht so viele Bedeutungen, wie es gibt.</translation>
    </message>
    <message>
        <source>&amp;Diversity</source>
        <translation>&amp;Vielfalt</translation>
    </message>
    <message>
        <source>Step size of the push away from the nearest mate, without unit. 0 switches guidance off.</source>
        <translation>Schrittweite des Schubs weg vom nächsten Nachbarn, ohne Einheit. 0 schaltet die Führung ab.</translation>
    </message>
    <message>
        <source>&amp;eta</source>
        <translation>&amp;eta</translation>
    </message>
    <message>
        <source> grey levels</source>
        <translation> Graustufen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>A completion is no longer pushed once its nearest mate differs by this many grey levels (root mean square over the hole, of 255). None: it is always pushed.</source>
        <translation>Eine Ergänzung wird nicht mehr geschoben, sobald ihr nächster Nachbar um so viele Graustufen abweicht (quadratisches Mittel über dem Loch, von 255). Keine: sie wird immer geschoben.</translation>
    </message>
    <message>
        <source>&amp;bound</source>
        <translation>&amp;Grenze</translation>
    </message>
    <message>
        <source>Makes the set a second time from the same noise without guidance, to see what guidance changed. It takes as long again.</source>
        <translation>Macht den Satz aus demselben Rauschen ein zweites Mal ohne Führung, um zu sehen, was sie geändert hat. Es dauert noch einmal so lange.</translation>
    </message>
    <message>
        <source>own values</source>
        <translation>eigene Werte</translation>
    </message>
    <message>
        <source>D follows from the hole</source>
        <translation>D folgt aus dem Loch</translation>
    </message>
    <message>
        <source>no D: pushed to the end</source>
        <translation>kein D: bis zum Ende geschoben</translation>
    </message>
    <message>
        <source>D = %1 for this hole</source>
        <translation>D = %1 für dieses Loch</translation>
    </message>
    <message>
        <source>The bound in the units of the paper: distance over the number of hole values.
%1 counted per image (DDNM), %2 over the whole set (RePaint), %3 in one channel (DPS).</source>
        <translation>Die Grenze in den Einheiten des Artikels: Abstand durch die Zahl der Werte im Loch.
%1 je Bild gezählt (DDNM), %2 über den ganzen Satz (RePaint), %3 in einem Kanal (DPS).</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Mask %1</source>
        <translation>Maske %1</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 Kopie</translation>
    </message>
    <message>
        <source>The version before the last save is %1.</source>
        <translation>Die Fassung vor dem letzten Speichern ist %1.</translation>
    </message>
    <message>
        <source>The picture carries settings of %1.</source>
        <translation>Das Bild trägt Einstellungen von %1.</translation>
    </message>
    <message>
        <source>They are not used here: %1.</source>
        <translation>Sie werden hier nicht benutzt: %1.</translation>
    </message>
    <message>
        <source>The settings in this picture cannot be restored: it %1.</source>
        <translation>Die Einstellungen in diesem Bild können nicht wiederhergestellt werden: %1.</translation>
    </message>
</context>
<context>
    <name>DownloadText</name>
    <message>
        <source>Place the file yourself</source>
        <translation>Legen Sie die Datei selbst hin</translation>
    </message>
    <message>
        <source>Nothing was fetched.</source>
        <translation>Nichts wurde geholt.</translation>
    </message>
    <message>
        <source>is no address</source>
        <translation>ist keine Adresse</translation>
    </message>
    <message>
        <source>contains a user name</source>
        <translation>enthält einen Benutzernamen</translation>
    </message>
    <message>
        <source>is not protected (it is no https address)</source>
        <translation>ist nicht geschützt (keine https-Adresse)</translation>
    </message>
    <message>
        <source>belongs to a private network</source>
        <translation>gehört zu einem privaten Netz</translation>
    </message>
    <message>
        <source>is not a plain file name</source>
        <translation>ist kein einfacher Dateiname</translation>
    </message>
    <message>
        <source>has no published SHA-256, so it could not be checked</source>
        <translation>hat kein veröffentlichtes SHA-256 und könnte nicht geprüft werden</translation>
    </message>
    <message>
        <source>has no published size, or one that is not plausible</source>
        <translation>hat keine veröffentlichte oder keine glaubhafte Größe</translation>
    </message>
    <message>
        <source>has no address</source>
        <translation>hat keine Adresse</translation>
    </message>
    <message>
        <source>has the address %1, which %2</source>
        <translation>hat die Adresse %1, und die %2</translation>
    </message>
    <message>
        <source>Write a proxy as http://host:port or socks5://host:port, or leave the field empty.</source>
        <translation>Schreiben Sie einen Proxy als http://host:port oder socks5://host:port, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>sends something else: %1 bytes instead of %2</source>
        <translation>sendet etwas anderes: %1 Bytes statt %2</translation>
    </message>
    <message>
        <source>has a file of %1 bytes instead of %2</source>
        <translation>hat eine Datei von %1 Bytes statt %2</translation>
    </message>
    <message>
        <source>sends the file packed, which was not asked for</source>
        <translation>sendet die Datei gepackt, was nicht verlangt war</translation>
    </message>
    <message>
        <source>sends on to nowhere</source>
        <translation>leitet nirgendwohin weiter</translation>
    </message>
    <message>
        <source>does not give the file to everybody (status %1)</source>
        <translation>gibt die Datei nicht jedem (Status %1)</translation>
    </message>
    <message>
        <source>does not have the file any more (status %1)</source>
        <translation>hat die Datei nicht mehr (Status %1)</translation>
    </message>
    <message>
        <source>is busy (status %1)</source>
        <translation>ist beschäftigt (Status %1)</translation>
    </message>
    <message>
        <source>has a problem (status %1)</source>
        <translation>hat ein Problem (Status %1)</translation>
    </message>
    <message>
        <source>answers with status %1</source>
        <translation>antwortet mit Status %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>another file of this name is in the folder already</source>
        <translation>eine andere Datei dieses Namens ist schon im Ordner</translation>
    </message>
    <message>
        <source>Move it away, then try again</source>
        <translation>Verschieben Sie sie, und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>is not fetched, because Lacuna is set to work offline</source>
        <translation>wird nicht geholt, weil Lacuna ohne Netz arbeiten soll</translation>
    </message>
    <message>
        <source>Allow the network below the list of models, or place the file yourself</source>
        <translation>Erlauben Sie das Netz unter der Liste der Modelle, oder legen Sie die Datei selbst hin</translation>
    </message>
    <message>
        <source>needs %1 more, and the disk has %2 free (%3 are left alone)</source>
        <translation>braucht noch %1, und der Datenträger hat %2 frei (%3 bleiben unberührt)</translation>
    </message>
    <message>
        <source>Make room, then resume</source>
        <translation>Schaffen Sie Platz, und setzen Sie fort</translation>
    </message>
    <message>
        <source>What has come so far is kept.</source>
        <translation>Was schon da ist, bleibt.</translation>
    </message>
    <message>
        <source>the parts did not fit together; it begins again</source>
        <translation>die Teile passten nicht zusammen; es beginnt von vorn</translation>
    </message>
    <message>
        <source>sent another file: its SHA-256 begins with %1 instead of %2</source>
        <translation>sandte eine andere Datei: Ihr SHA-256 beginnt mit %1 statt %2</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>sends more than the %1 bytes of the file</source>
        <translation>sendet mehr als die %1 Bytes der Datei</translation>
    </message>
    <message>
        <source>cannot prove who it is (%1)</source>
        <translation>kann nicht beweisen, wer er ist (%1)</translation>
    </message>
    <message>
        <source>cannot be asked (%1)</source>
        <translation>kann nicht gefragt werden (%1)</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>cannot be reached (%1)</source>
        <translation>ist nicht erreichbar (%1)</translation>
    </message>
    <message>
        <source>sent nothing for %1 s</source>
        <translation>sandte %1 s lang nichts</translation>
    </message>
    <message>
        <source>broke the connection</source>
        <translation>brach die Verbindung ab</translation>
    </message>
    <message>
        <source>sends on and on, more than %1 times</source>
        <translation>leitet immer weiter, mehr als %1-mal</translation>
    </message>
    <message>
        <source>sends on to an address that %1</source>
        <translation>leitet zu einer Adresse weiter, und die %1</translation>
    </message>
    <message>
        <source>sends a part that was not asked for</source>
        <translation>sendet einen Teil, der nicht verlangt war</translation>
    </message>
    <message>
        <source>could not resume; it begins again</source>
        <translation>konnte nicht fortsetzen; es beginnt von vorn</translation>
    </message>
    <message>
        <source>%1 and asks to come back in %2 minutes</source>
        <translation>%1 und bittet, in %2 Minuten wiederzukommen</translation>
    </message>
    <message>
        <source>%1 %2; the next address is asked</source>
        <translation>%1 %2; die nächste Adresse wird gefragt</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Try again later, or place the file yourself</source>
        <translation>Versuchen Sie es später noch einmal, oder legen Sie die Datei selbst hin</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Ziehung</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Vorbereitung</translation>
    </message>
    <message>
        <source>Selecting</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>This photo</source>
        <translation>Dieses Foto</translation>
    </message>
    <message>
        <source>Learns from the known part of the picture itself.</source>
        <translation>Lernt aus dem bekannten Teil des Bildes selbst.</translation>
    </message>
    <message>
        <source>Portraits %1</source>
        <translation>Porträts %1</translation>
    </message>
    <message>
        <source>Cats %1</source>
        <translation>Katzen %1</translation>
    </message>
    <message>
        <source>Bedrooms %1</source>
        <translation>Schlafzimmer %1</translation>
    </message>
    <message>
        <source>Skies %1</source>
        <translation>Himmel %1</translation>
    </message>
    <message>
        <source>Portraits</source>
        <translation>Porträts</translation>
    </message>
    <message>
        <source>Flat colours</source>
        <translation>Einfarbig</translation>
    </message>
    <message>
        <source>Every completion is one colour.</source>
        <translation>Jede Ergänzung ist eine Farbe.</translation>
    </message>
    <message>
        <source>Trained on %1 x %2 pixels; comes with Lacuna</source>
        <translation>Gelernt an %1 × %2 Punkten; kommt mit Lacuna</translation>
    </message>
    <message>
        <source>Trained on %1 x %2 pixels; comes with Lacuna.</source>
        <translation>Gelernt an %1 × %2 Punkten; kommt mit Lacuna.</translation>
    </message>
    <message>
        <source>Trained on %1 x %2 pixels; of your model folder</source>
        <translation>Gelernt an %1 × %2 Punkten; aus Ihrem Modellordner</translation>
    </message>
    <message>
        <source>Trained on %1 x %2 pixels; of your model folder.</source>
        <translation>Gelernt an %1 × %2 Punkten; aus Ihrem Modellordner.</translation>
    </message>
    <message>
        <source>Trained on Lacuna&apos;s own rendered world of portraits.</source>
        <translation>Gelernt an Lacunas eigener gezeichneter Welt von Porträts.</translation>
    </message>
    <message>
        <source>Trained on Lacuna&apos;s own rendered world of cats.</source>
        <translation>Gelernt an Lacunas eigener gezeichneter Welt von Katzen.</translation>
    </message>
    <message>
        <source>Trained on Lacuna&apos;s own rendered world of bedrooms.</source>
        <translation>Gelernt an Lacunas eigener gezeichneter Welt von Schlafzimmern.</translation>
    </message>
    <message>
        <source>Trained on Lacuna&apos;s own rendered world of skies.</source>
        <translation>Gelernt an Lacunas eigener gezeichneter Welt von Himmeln.</translation>
    </message>
</context>
<context>
    <name>ExampleCard</name>
    <message>
        <source>Example %1</source>
        <translation>Beispiel %1</translation>
    </message>
    <message>
        <source>Open this example with its mask</source>
        <translation>Dieses Beispiel mit seiner Maske öffnen</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>Portrait</source>
        <translation>Porträt</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Small. 8 bits, no transparency.</source>
        <translation>Klein. 8 Bit, keine Transparenz.</translation>
    </message>
    <message>
        <source>For print and photo programs.</source>
        <translation>Für Druck und Fotoprogramme.</translation>
    </message>
    <message>
        <source>Small. 8 bits; quality 100 loses nothing.</source>
        <translation>Klein. 8 Bit; Qualität 100 verliert nichts.</translation>
    </message>
    <message>
        <source>Picture, completions and hole as layers, for Krita, GIMP and MyPaint.</source>
        <translation>Bild, Ergänzungen und Loch als Ebenen, für Krita, GIMP und MyPaint.</translation>
    </message>
    <message>
        <source>Every program opens it.</source>
        <translation>Jedes Programm öffnet es.</translation>
    </message>
    <message>
        <source>Unchanged (%1 bits)</source>
        <translation>Wie das Bild (%1 Bit)</translation>
    </message>
    <message>
        <source>A sheet for looking: surroundings of the hole, 8 bits, sRGB.</source>
        <translation>Ein Bogen zum Ansehen: Umgebung des Lochs, 8 Bit, sRGB.</translation>
    </message>
    <message>
        <source>8 bits instead of 16</source>
        <translation>8 Bit statt 16</translation>
    </message>
    <message>
        <source>put on white</source>
        <translation>auf Weiß gelegt</translation>
    </message>
    <message>
        <source>colours converted</source>
        <translation>Farben umgewandelt</translation>
    </message>
    <message>
        <source>compressed with losses</source>
        <translation>mit Verlust verdichtet</translation>
    </message>
    <message>
        <source>Outside the hole every sample stays as it is.</source>
        <translation>Außerhalb des Lochs bleibt jeder Wert, wie er ist.</translation>
    </message>
    <message>
        <source>Outside the hole samples change: %1.</source>
        <translation>Außerhalb des Lochs ändern sich Werte: %1.</translation>
    </message>
    <message>
        <source>Give a name and a folder.</source>
        <translation>Geben Sie einen Namen und einen Ordner an.</translation>
    </message>
    <message>
        <source>Writes %1.</source>
        <translation>Schreibt %1.</translation>
    </message>
    <message>
        <source>Writes %1 files, %2 and so on.</source>
        <translation>Schreibt %1 Dateien, %2 und so weiter.</translation>
    </message>
    <message>
        <source>Writes %1 files, named %2 and their numbers.</source>
        <translation>Schreibt %1 Dateien, benannt %2 und ihre Nummern.</translation>
    </message>
    <message>
        <source> Files of these names exist and will be replaced.</source>
        <translation> Dateien dieser Namen sind da und werden ersetzt.</translation>
    </message>
    <message>
        <source>Names of folders are never written.</source>
        <translation>Namen von Ordnern werden nie geschrieben.</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Punkte</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>sRGB</source>
        <translation>sRGB</translation>
    </message>
    <message>
        <source>Folder to Export To</source>
        <translation>Ordner für den Export</translation>
    </message>
    <message>
        <source>-sheet</source>
        <translation>-bogen</translation>
    </message>
    <message>
        <source>Model, settings and seed, but neither hole nor fingerprint of your picture. Of the camera&apos;s data no place, person, serial number or text.</source>
        <translation>Modell, Einstellungen und Startwert, aber weder Loch noch Fingerabdruck Ihres Bildes. Von den Daten der Kamera kein Ort, keine Person, keine Seriennummer, kein Text.</translation>
    </message>
    <message>
        <source>Pixels and colour profile, nothing else.</source>
        <translation>Punkte und Farbprofil, sonst nichts.</translation>
    </message>
    <message>
        <source>Settings, seed and hole, so that opening the file restores the set, and all that the camera wrote.</source>
        <translation>Einstellungen, Startwert und Loch, sodass das Öffnen der Datei den Satz wiederherstellt, und alles, was die Kamera schrieb.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>Zurück zum Bild</translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>Ergänzungen</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Gezeigte</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>TIFF</source>
        <translation>TIFF</translation>
    </message>
    <message>
        <source>WebP</source>
        <translation>WebP</translation>
    </message>
    <message>
        <source>OpenRaster</source>
        <translation>OpenRaster</translation>
    </message>
    <message>
        <source>How much of JPEG and WebP pictures is kept, 1 to 100</source>
        <translation>Wie viel von JPEG- und WebP-Bildern bleibt, 1 bis 100</translation>
    </message>
    <message>
        <source>Depths</source>
        <translation>Tiefen</translation>
    </message>
    <message>
        <source>Levels of a sample: 8 bits are 256, 16 bits 65,536</source>
        <translation>Stufen eines Wertes: 8 Bit sind 256, 16 Bit 65.536</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>Keep &amp;transparency</source>
        <translation>&amp;Transparenz behalten</translation>
    </message>
    <message>
        <source>Keep transparency</source>
        <translation>Transparenz behalten</translation>
    </message>
    <message>
        <source>Else the picture is put on white</source>
        <translation>Sonst wird das Bild auf Weiß gelegt</translation>
    </message>
    <message>
        <source>Convert colours to &amp;sRGB</source>
        <translation>Farben in &amp;sRGB umwandeln</translation>
    </message>
    <message>
        <source>Convert colours to sRGB</source>
        <translation>Farben in sRGB umwandeln</translation>
    </message>
    <message>
        <source>For programs that ignore colour profiles. Else the picture keeps its own.</source>
        <translation>Für Programme, die Farbprofile nicht beachten. Sonst behält das Bild seines.</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>&amp;Qualität</translation>
    </message>
    <message>
        <source>&amp;Depth</source>
        <translation>&amp;Tiefe</translation>
    </message>
    <message>
        <source>What the file tells</source>
        <translation>Was die Datei verrät</translation>
    </message>
    <message>
        <source>E&amp;verything</source>
        <translation>A&amp;lles</translation>
    </message>
    <message>
        <source>Settin&amp;gs only</source>
        <translation>Nur &amp;Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>&amp;Nichts</translation>
    </message>
    <message>
        <source>The file tells: %1</source>
        <translation>Die Datei verrät: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>Na&amp;me</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>%1 was saved in %2.</source>
        <translation>%1 wurde in %2 gespeichert.</translation>
    </message>
    <message>
        <source>%1 files were saved in %2.</source>
        <translation>%1 Dateien wurden in %2 gespeichert.</translation>
    </message>
    <message>
        <source>Exporting …</source>
        <translation>Wird exportiert …</translation>
    </message>
    <message>
        <source>Completion %1 was copied.</source>
        <translation>Ergänzung %1 wurde kopiert.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.ppm *.pgm *.pnm);;All files (*)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.ppm *.pgm *.pnm);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Pictures and projects (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.ppm *.pgm *.pnm *.lacuna);;All files (*)</source>
        <translation>Bilder und Projekte (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.ppm *.pgm *.pnm *.lacuna);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Recovering …</source>
        <translation>Wird wiederhergestellt …</translation>
    </message>
    <message>
        <source>There is no example called “%1” in this build. Nothing was changed.</source>
        <translation>In diesem Programm gibt es kein Beispiel „%1“. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Opening the example …</source>
        <translation>Das Beispiel wird geöffnet …</translation>
    </message>
    <message>
        <source>Drawing a new picture …</source>
        <translation>Ein neues Bild wird gezeichnet …</translation>
    </message>
    <message>
        <source>There is nothing to paste. Copy a picture first.</source>
        <translation>Es gibt nichts einzufügen. Kopieren Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>The clipboard holds no picture. Copy a picture or a picture file and paste again.</source>
        <translation>Die Zwischenablage enthält kein Bild. Kopieren Sie ein Bild oder eine Bilddatei und fügen Sie noch einmal ein.</translation>
    </message>
    <message>
        <source>Opening the pasted picture …</source>
        <translation>Das eingefügte Bild wird geöffnet …</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>Import Mask</source>
        <translation>Maske importieren</translation>
    </message>
    <message>
        <source>The mask %1 has %2 × %3 pixels, the picture %4 × %5. Choose a mask of the picture&apos;s size. Nothing was changed.</source>
        <translation>Die Maske %1 hat %2 × %3 Punkte, das Bild %4 × %5. Wählen Sie eine Maske von der Größe des Bildes. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Export Mask</source>
        <translation>Maske exportieren</translation>
    </message>
    <message>
        <source>.mask</source>
        <translation>.maske</translation>
    </message>
    <message>
        <source>Saving the mask …</source>
        <translation>Die Maske wird gespeichert …</translation>
    </message>
    <message>
        <source>The mask was saved as %1.</source>
        <translation>Die Maske wurde als %1 gespeichert.</translation>
    </message>
    <message>
        <source>Saving the completion …</source>
        <translation>Die Ergänzung wird gespeichert …</translation>
    </message>
    <message>
        <source>Completion %1 was saved as %2.</source>
        <translation>Ergänzung %1 wurde als %2 gespeichert.</translation>
    </message>
    <message>
        <source>Saving the completions …</source>
        <translation>Die Ergänzungen werden gespeichert …</translation>
    </message>
    <message>
        <source>%1 completions were saved in %2.</source>
        <translation>%1 Ergänzungen wurden in %2 gespeichert.</translation>
    </message>
</context>
<context>
    <name>Functions</name>
    <message>
        <source>No run is going on.</source>
        <translation>Kein Lauf ist im Gang.</translation>
    </message>
    <message>
        <source>Open a picture first.</source>
        <translation>Öffnen Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>Nichts wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>Wait until the run has ended, or stop it.</source>
        <translation>Warten Sie, bis der Lauf beendet ist, oder halten Sie ihn an.</translation>
    </message>
    <message>
        <source>Paint a hole first, and leave a part of the picture known.</source>
        <translation>Malen Sie zuerst ein Loch, und lassen Sie einen Teil des Bildes bekannt.</translation>
    </message>
    <message>
        <source>Generate a set first.</source>
        <translation>Erzeugen Sie zuerst einen Satz.</translation>
    </message>
    <message>
        <source>Show a completion first.</source>
        <translation>Zeigen Sie zuerst eine Ergänzung.</translation>
    </message>
    <message>
        <source>This is not possible now.</source>
        <translation>Das ist jetzt nicht möglich.</translation>
    </message>
    <message>
        <source>Harbour</source>
        <translation>Hafen</translation>
    </message>
    <message>
        <source>Which boat sails here?</source>
        <translation>Welches Boot segelt hier?</translation>
    </message>
    <message>
        <source>Meadow</source>
        <translation>Wiese</translation>
    </message>
    <message>
        <source>What grows in the grass?</source>
        <translation>Was wächst im Gras?</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>Mauer</translation>
    </message>
    <message>
        <source>Which window is missing?</source>
        <translation>Welches Fenster fehlt?</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Porträt</translation>
    </message>
    <message>
        <source>Who looks at you here?</source>
        <translation>Wer blickt Sie hier an?</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>Katze</translation>
    </message>
    <message>
        <source>Bedroom</source>
        <translation>Schlafzimmer</translation>
    </message>
    <message>
        <source>Sky</source>
        <translation>Himmel</translation>
    </message>
    <message>
        <source>%1 was read as a mask whose hole is white.</source>
        <translation>%1 wurde als Maske gelesen, deren Loch weiß ist.</translation>
    </message>
    <message>
        <source>%1 was read as a mask whose hole is black, because its border is white.</source>
        <translation>%1 wurde als Maske gelesen, deren Loch schwarz ist, weil ihr Rand weiß ist.</translation>
    </message>
    <message>
        <source>%1 was read by its alpha: the hole is what is opaque.</source>
        <translation>%1 wurde nach Alpha gelesen: Das Loch ist, was deckt.</translation>
    </message>
    <message>
        <source>%1 was read by its alpha: the hole is what is transparent.</source>
        <translation>%1 wurde nach Alpha gelesen: Das Loch ist, was durchsichtig ist.</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Border Frame</source>
        <translation>Rahmen am Rand</translation>
    </message>
    <message>
        <source>A frame along the border, an eighth of the shorter side wide</source>
        <translation>Ein Rahmen am Rand, ein Achtel der kürzeren Seite breit</translation>
    </message>
    <message>
        <source>Placed for a face in the middle that fills the picture. Move it with Ctrl and drag, or with Ctrl and the arrow keys.</source>
        <translation>Gesetzt für ein Gesicht in der Mitte, das das Bild füllt. Verschieben Sie es mit Strg und Ziehen oder mit Strg und den Pfeiltasten.</translation>
    </message>
    <message>
        <source>A hole of this kind of scene, placed where the scene has it</source>
        <translation>Ein Loch dieser Art Szene, dort, wo die Szene es hat</translation>
    </message>
    <message>
        <source>Left Half</source>
        <translation>Linke Hälfte</translation>
    </message>
    <message>
        <source>Everything left of the middle</source>
        <translation>Alles links der Mitte</translation>
    </message>
    <message>
        <source>Right Half</source>
        <translation>Rechte Hälfte</translation>
    </message>
    <message>
        <source>Everything right of the middle</source>
        <translation>Alles rechts der Mitte</translation>
    </message>
    <message>
        <source>Top Half</source>
        <translation>Obere Hälfte</translation>
    </message>
    <message>
        <source>Everything above the middle</source>
        <translation>Alles über der Mitte</translation>
    </message>
    <message>
        <source>Bottom Half</source>
        <translation>Untere Hälfte</translation>
    </message>
    <message>
        <source>Everything below the middle</source>
        <translation>Alles unter der Mitte</translation>
    </message>
    <message>
        <source>Centre Box</source>
        <translation>Kasten in der Mitte</translation>
    </message>
    <message>
        <source>A box in the middle, half as wide and half as high as the picture</source>
        <translation>Ein Kasten in der Mitte, halb so breit und halb so hoch wie das Bild</translation>
    </message>
</context>
<context>
    <name>GalleryCard</name>
    <message>
        <source>failed</source>
        <translation>misslungen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>pushed now</source>
        <translation>wird geschoben</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>vorzeitig beendet</translation>
    </message>
    <message>
        <source>rare</source>
        <translation>selten</translation>
    </message>
    <message>
        <source>nearest mate %1 grey</source>
        <translation>Nachbar %1 Graustufen</translation>
    </message>
    <message>
        <source>no mate</source>
        <translation>kein Nachbar</translation>
    </message>
    <message>
        <source>Candidate %1</source>
        <translation>Kandidat %1</translation>
    </message>
    <message>
        <source>stands for %1 of %2</source>
        <translation>steht für %1 von %2</translation>
    </message>
    <message>
        <source>Completion %1 of %2</source>
        <translation>Ergänzung %1 von %2</translation>
    </message>
    <message>
        <source>%1 grey levels from its nearest mate</source>
        <translation>%1 Graustufen vom nächsten Nachbarn</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>Enter opens its branch; S stars it, X rejects it</source>
        <translation>Eingabe öffnet den Zweig; S gibt einen Stern, X verwirft</translation>
    </message>
    <message>
        <source>S stars it, X rejects it</source>
        <translation>S gibt einen Stern, X verwirft</translation>
    </message>
    <message>
        <source>not a picture</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Completions</source>
        <translation>Ergänzungen</translation>
    </message>
    <message>
        <source>Regroup</source>
        <translation>Neu gruppieren</translation>
    </message>
    <message>
        <source>Grouped by this region  ✕</source>
        <translation>Nach diesem Bereich  ✕</translation>
    </message>
    <message>
        <source>Choose the cards from all candidates</source>
        <translation>Die Karten aus allen Kandidaten wählen</translation>
    </message>
    <message>
        <source>Grouped by a region of the hole; press to group by all of it</source>
        <translation>Nach einem Bereich des Lochs gruppiert; drücken, um nach allem zu gruppieren</translation>
    </message>
    <message>
        <source>Candidates that look alike in the outlined region lie together. Press to group by all of the hole.</source>
        <translation>Kandidaten, die sich im umrandeten Bereich ähneln, liegen zusammen. Drücken Sie, um nach dem ganzen Loch zu gruppieren.</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>seed %1, noise %2</source>
        <translation>Startwert %1, Rauschen %2</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>The cards were chosen while candidates still came; choose them from all %1</source>
        <translation>Die Karten wurden gewählt, als noch Kandidaten kamen; wählen Sie sie aus allen %1</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>like %1 (%2 of %3)</source>
        <translation>wie %1 (%2 von %3)</translation>
    </message>
    <message>
        <source>Shares count samples of the model; they are no probabilities of the real scene.</source>
        <translation>Anteile zählen Ziehungen des Modells; sie sind keine Wahrscheinlichkeiten der wirklichen Szene.</translation>
    </message>
</context>
<context>
    <name>GallerySide</name>
    <message>
        <source>These completions were made as one set. To explore more, set Pool above: the gallery then groups all candidates as a tree and shows what share of them each card stands for.</source>
        <translation>Diese Ergänzungen entstanden als ein Satz. Um mehr zu erkunden, stellen Sie oben den Vorrat ein: Die Galerie ordnet dann alle Kandidaten als Baum und zeigt, für welchen Anteil jede Karte steht.</translation>
    </message>
</context>
<context>
    <name>HeatMap</name>
    <message>
        <source>Heat map of diversity</source>
        <translation>Farbkarte der Vielfalt</translation>
    </message>
    <message>
        <source>Heat map of quality</source>
        <translation>Farbkarte der Güte</translation>
    </message>
    <message>
        <source>Arrow keys walk the cells</source>
        <translation>Pfeiltasten gehen durch die Zellen</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Quality: seam</source>
        <translation>Güte: Naht</translation>
    </message>
    <message>
        <source>grey levels, more is better</source>
        <translation>Graustufen, mehr ist besser</translation>
    </message>
    <message>
        <source>1 shows none, less is better</source>
        <translation>1 zeigt keine, weniger ist besser</translation>
    </message>
    <message>
        <source>Diversity: %1</source>
        <translation>Vielfalt: %1</translation>
    </message>
    <message>
        <source>Quality: %1</source>
        <translation>Güte: %1</translation>
    </message>
    <message>
        <source>more is better</source>
        <translation>mehr ist besser</translation>
    </message>
    <message>
        <source>less is better</source>
        <translation>weniger ist besser</translation>
    </message>
</context>
<context>
    <name>HintBubble</name>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>Take the hint away</source>
        <translation>Hinweis wegnehmen</translation>
    </message>
    <message>
        <source>Take the hint away (Esc)</source>
        <translation>Hinweis wegnehmen (Esc)</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Add to my models</source>
        <translation>Zu meinen Modellen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Which published network the weights are for</source>
        <translation>Für welches veröffentlichte Netz die Gewichte sind</translation>
    </message>
    <message>
        <source>It is the &amp;network</source>
        <translation>Es ist das &amp;Netz</translation>
    </message>
    <message>
        <source>Convert the weights and put them into your folder of models; the file stays as it is</source>
        <translation>Die Gewichte umwandeln und in Ihren Modellordner legen; die Datei bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Reading what the file holds. Nothing in it is run.</source>
        <translation>Liest, was die Datei enthält. Nichts darin wird ausgeführt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End the import; the file stays as it is</source>
        <translation>Den Import beenden; die Datei bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>%1, %2: %3 tensors with %4 numbers.</source>
        <translation>%1, %2: %3 Tensoren mit %4 Zahlen.</translation>
    </message>
    <message>
        <source>This file cannot become a model: it %1.</source>
        <translation>Diese Datei kann kein Modell werden: %1.</translation>
    </message>
    <message>
        <source>SHA-256 of your file: %1</source>
        <translation>SHA-256 Ihrer Datei: %1</translation>
    </message>
    <message>
        <source>None was published for this network: only compare it with one that you trust.</source>
        <translation>Für dieses Netz wurde keines veröffentlicht: Vergleichen Sie es nur mit einem, dem Sie trauen.</translation>
    </message>
    <message>
        <source>That is the published one.</source>
        <translation>Das ist das veröffentlichte.</translation>
    </message>
    <message>
        <source>The published file has another one. The network fits, the weights may differ.</source>
        <translation>Die veröffentlichte Datei hat ein anderes. Das Netz passt, die Gewichte können abweichen.</translation>
    </message>
    <message>
        <source>Converting the weights and checking every number.</source>
        <translation>Wandelt die Gewichte um und prüft jede Zahl.</translation>
    </message>
</context>
<context>
    <name>JobList</name>
    <message>
        <source>This photo</source>
        <translation>Dieses Foto</translation>
    </message>
    <message>
        <source>pool of %1</source>
        <translation>Vorrat von %1</translation>
    </message>
    <message>
        <source>%1 completions</source>
        <translation>%1 Ergänzungen</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>#%1 %2</source>
        <translation>#%1 %2</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Job %1, %2, %3: %4</source>
        <translation>Auftrag %1, %2, %3: %4</translation>
    </message>
    <message>
        <source>Job %1, %2: %3</source>
        <translation>Auftrag %1, %2: %3</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Press to choose another key</source>
        <translation>Drücken, um eine andere Taste zu wählen</translation>
    </message>
    <message>
        <source>Press a key…</source>
        <translation>Taste drücken…</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Press the new key. Esc leaves it as it is, Backspace takes it away.</source>
        <translation>Drücken Sie die neue Taste. Esc lässt alles, wie es ist, die Rücktaste nimmt die Taste weg.</translation>
    </message>
</context>
<context>
    <name>KurtosisStrip</name>
    <message>
        <source>Kurtosis %1, between %2 and %3; Gaussian sets between %4 and %5</source>
        <translation>Kurtosis %1, zwischen %2 und %3; Gaußsche Mengen zwischen %4 und %5</translation>
    </message>
    <message>
        <source>kurtosis</source>
        <translation>Kurtosis</translation>
    </message>
    <message>
        <source>Gaussian sets</source>
        <translation>Gaußsche Mengen</translation>
    </message>
</context>
<context>
    <name>Lens</name>
    <message>
        <source>Uncertainty lens</source>
        <translation>Unsicherheitslupe</translation>
    </message>
    <message>
        <source>Arrow keys move a cross over the hole, Enter groups the gallery by what is there</source>
        <translation>Pfeiltasten bewegen ein Kreuz über das Loch, Eingabe gruppiert die Galerie nach dem, was dort ist</translation>
    </message>
    <message>
        <source>Uncertainty lens: %1 grey levels here</source>
        <translation>Unsicherheitslupe: hier %1 Graustufen</translation>
    </message>
    <message>
        <source>Completions spread by %1 grey levels here</source>
        <translation>Ergänzungen streuen hier um %1 Graustufen</translation>
    </message>
    <message>
        <source>Comparing the completions</source>
        <translation>Ergänzungen werden verglichen</translation>
    </message>
    <message>
        <source>Spread of %1 candidates in grey levels</source>
        <translation>Streuung von %1 Kandidaten in Graustufen</translation>
    </message>
    <message>
        <source>Spread of %1 completions in grey levels</source>
        <translation>Streuung von %1 Ergänzungen in Graustufen</translation>
    </message>
    <message>
        <source>Click a bright spot to group by it</source>
        <translation>Eine helle Stelle klicken, um danach zu gruppieren</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;High Contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>Lacuna speaks this language when it is started again.</source>
        <translation>Lacuna spricht diese Sprache, wenn es neu gestartet wird.</translation>
    </message>
    <message>
        <source>Lacuna</source>
        <translation>Lacuna</translation>
    </message>
    <message>
        <source>%1[*] – Lacuna</source>
        <translation>%1[*] – Lacuna</translation>
    </message>
    <message>
        <source>%1[*] (read-only) – Lacuna</source>
        <translation>%1[*] (schreibgeschützt) – Lacuna</translation>
    </message>
    <message>
        <source>Candidate %1</source>
        <translation>Kandidat %1</translation>
    </message>
    <message>
        <source>Completion %1</source>
        <translation>Ergänzung %1</translation>
    </message>
    <message>
        <source>%1 of %2 known samples changed</source>
        <translation>%1 von %2 bekannten Werten geändert</translation>
    </message>
    <message>
        <source>Counted by comparing every sample of the %1 pixels outside the hole with the picture you opened</source>
        <translation>Gezählt durch Vergleich jedes Wertes der %1 Punkte außerhalb des Lochs mit dem geöffneten Bild</translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation>Beis&amp;piele</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>Neu: %1</translation>
    </message>
    <message>
        <source>Open Recen&amp;t</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>x %1  y %2</source>
        <translation>x %1  y %2</translation>
    </message>
    <message>
        <source>brush %1 px</source>
        <translation>Pinsel %1 px</translation>
    </message>
    <message>
        <source>zoom %1 %</source>
        <translation>Zoom %1 %</translation>
    </message>
    <message>
        <source>About Lacuna</source>
        <translation>Über Lacuna</translation>
    </message>
    <message>
        <source>&lt;b&gt;Lacuna %1&lt;/b&gt;&lt;p&gt;Several meaningfully different ways to fill a hole in a picture.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Lacuna %1&lt;/b&gt;&lt;p&gt;Mehrere sinnvoll verschiedene Arten, ein Loch in einem Bild zu füllen.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>MaskPresets</name>
    <message>
        <source>Eyes, Small</source>
        <translation>Augen, klein</translation>
    </message>
    <message>
        <source>Eyes, Large</source>
        <translation>Augen, groß</translation>
    </message>
    <message>
        <source>Nose</source>
        <translation>Nase</translation>
    </message>
    <message>
        <source>Mouth, Small</source>
        <translation>Mund, klein</translation>
    </message>
    <message>
        <source>Mouth, Large</source>
        <translation>Mund, groß</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Haar</translation>
    </message>
</context>
<context>
    <name>MaskStrip</name>
    <message>
        <source>Shift: a square</source>
        <translation>Umschalt: ein Quadrat</translation>
    </message>
    <message>
        <source>Shift: a circle</source>
        <translation>Umschalt: ein Kreis</translation>
    </message>
    <message>
        <source>Right button: erase</source>
        <translation>Rechte Taste: radieren</translation>
    </message>
    <message>
        <source>Click corners, Enter closes</source>
        <translation>Ecken klicken, Eingabe schließt</translation>
    </message>
    <message>
        <source>Drag the picture</source>
        <translation>Das Bild ziehen</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Diameter of the brush ([ and ])</source>
        <translation>Durchmesser des Pinsels ([ und ])</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>Stiftdruck</translation>
    </message>
    <message>
        <source>How much red, green and blue may differ from the pixel you click, of 255</source>
        <translation>Wie viel Rot, Grün und Blau vom geklickten Punkt abweichen dürfen, von 255</translation>
    </message>
    <message>
        <source>Blends completions of the next run with the picture, in a band of this width inside the hole. Known pixels stay as they are.</source>
        <translation>Blendet Ergänzungen des nächsten Laufs ins Bild über, in einem Streifen dieser Breite im Loch. Bekannte Punkte bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>By how much Grow and Shrink move the border of the hole</source>
        <translation>Um wie viel Wachsen und Schrumpfen den Rand des Lochs verschieben</translation>
    </message>
    <message>
        <source>Mask and tool</source>
        <translation>Maske und Werkzeug</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Add, duplicate, rename or delete masks</source>
        <translation>Masken anlegen, verdoppeln, umbenennen oder löschen</translation>
    </message>
    <message>
        <source>A pen that is pressed less paints a smaller brush</source>
        <translation>Ein weniger gedrückter Stift malt mit kleinerem Pinsel</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Soft edge</source>
        <translation>Weicher Rand</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Mask in use</source>
        <translation>Benutzte Maske</translation>
    </message>
    <message>
        <source>Which mask is painted and filled</source>
        <translation>Welche Maske gemalt und gefüllt wird</translation>
    </message>
    <message>
        <source>Name of the mask</source>
        <translation>Name der Maske</translation>
    </message>
    <message>
        <source>More about the mask</source>
        <translation>Mehr zur Maske</translation>
    </message>
    <message>
        <source>What has no room in a narrow window</source>
        <translation>Was in einem schmalen Fenster keinen Platz hat</translation>
    </message>
</context>
<context>
    <name>MaskTools</name>
    <message>
        <source>Moving the hole …</source>
        <translation>Das Loch wird verschoben …</translation>
    </message>
    <message>
        <source>Growing the hole …</source>
        <translation>Das Loch wächst …</translation>
    </message>
    <message>
        <source>Shrinking the hole …</source>
        <translation>Das Loch schrumpft …</translation>
    </message>
    <message>
        <source>Filling …</source>
        <translation>Wird gefüllt …</translation>
    </message>
    <message>
        <source>&amp;Presets</source>
        <translation>V&amp;orlagen</translation>
    </message>
    <message>
        <source>Placing the hole …</source>
        <translation>Das Loch wird gesetzt …</translation>
    </message>
    <message>
        <source>Mask A&amp;ppearance</source>
        <translation>Aussehen der Maske</translation>
    </message>
    <message>
        <source>&amp;Hatch</source>
        <translation>&amp;Schraffur</translation>
    </message>
    <message>
        <source>&amp;Solid</source>
        <translation>&amp;Fläche</translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation>&amp;Umriss</translation>
    </message>
    <message>
        <source>&amp;Use Mask</source>
        <translation>Maske w&amp;ählen</translation>
    </message>
    <message>
        <source>Inverting …</source>
        <translation>Umkehren …</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>Take this message away</source>
        <translation>Diese Meldung wegnehmen</translation>
    </message>
    <message>
        <source>Answer the message</source>
        <translation>Auf die Meldung antworten</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Download…</source>
        <translation>Herunterladen…</translation>
    </message>
    <message>
        <source>Show the licence, then fetch the file</source>
        <translation>Die Lizenz zeigen, dann die Datei holen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop for now and keep what has come</source>
        <translation>Vorerst anhalten und behalten, was da ist</translation>
    </message>
    <message>
        <source>I have the file…</source>
        <translation>Ich habe die Datei…</translation>
    </message>
    <message>
        <source>Choose the file on this computer</source>
        <translation>Die Datei auf diesem Rechner wählen</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Show where it was published, in the web browser</source>
        <translation>Im Browser zeigen, wo es veröffentlicht wurde</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Remove what has come so far</source>
        <translation>Entfernen, was bisher da ist</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Free the memory that the network takes</source>
        <translation>Den Speicher freigeben, den das Netz belegt</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Move the model to the trash; it can be undone</source>
        <translation>Das Modell in den Papierkorb legen; es lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>Progress of the model</source>
        <translation>Fortschritt des Modells</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>Über dieses Modell</translation>
    </message>
    <message>
        <source>Licence of these weights</source>
        <translation>Lizenz dieser Gewichte</translation>
    </message>
    <message>
        <source>I have read this and accept it</source>
        <translation>Ich habe dies gelesen und nehme es an</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Fetch the file now</source>
        <translation>Die Datei jetzt holen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Leave it where it is</source>
        <translation>Sie lassen, wo sie ist</translation>
    </message>
    <message>
        <source>%1 come from %2. While they are converted %3 of the disk are needed; %4 are free.</source>
        <translation>%1 kommen von %2. Beim Umwandeln werden %3 des Datenträgers gebraucht; %4 sind frei.</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 herunterladen</translation>
    </message>
    <message>
        <source>%1. Its network is in memory.</source>
        <translation>%1. Sein Netz ist im Speicher.</translation>
    </message>
    <message>
        <source>Lacuna does not fetch this one: no SHA-256 of it was published that a download could be checked with. Get %1 from its page, then choose it here or put it into %2. Lacuna shows the SHA-256 of your file and checks that its network fits.</source>
        <translation>Lacuna holt dieses nicht: Es wurde kein SHA-256 veröffentlicht, mit dem ein Download geprüft werden könnte. Holen Sie %1 von seiner Seite, und wählen Sie es hier, oder legen Sie es nach %2. Lacuna zeigt das SHA-256 Ihrer Datei und prüft, ob ihr Netz passt.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A run needs it at the moment</source>
        <translation>Ein Lauf braucht es gerade</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>%1 × %1 pixels</source>
        <translation>%1 × %1 Punkte</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>about %1 for a set of five</source>
        <translation>etwa %1 für einen Satz von fünf</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Published as</source>
        <translation>Veröffentlicht als</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>nicht veröffentlicht</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
</context>
<context>
    <name>ModelEntry</name>
    <message>
        <source>Works on %1 × %1 pixels.</source>
        <translation>Arbeitet mit %1 × %1 Punkten.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h left</source>
        <translation>noch etwa %1 h</translation>
    </message>
    <message>
        <source>Waiting: another window fetches the same file</source>
        <translation>Wartet: Ein anderes Fenster holt dieselbe Datei</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>The server %1; trying again</source>
        <translation>Der Server %1; neuer Versuch</translation>
    </message>
    <message>
        <source>Checking that the file is the published one</source>
        <translation>Prüft, ob die Datei die veröffentlichte ist</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>, %1 a second, %2</source>
        <translation>, %1 je Sekunde, %2</translation>
    </message>
    <message>
        <source>Comes with Lacuna</source>
        <translation>Kommt mit Lacuna</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihre</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>Zum Herunterladen</translation>
    </message>
    <message>
        <source>Published elsewhere</source>
        <translation>Anderswo veröffentlicht</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Here, but it does not fill holes</source>
        <translation>Da, füllt aber keine Löcher</translation>
    </message>
    <message>
        <source>Here, for the command line: it needs more than a picture</source>
        <translation>Da, für die Befehlszeile: Es braucht mehr als ein Bild</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>Nicht heruntergeladen</translation>
    </message>
    <message>
        <source>You provide the file</source>
        <translation>Sie geben die Datei</translation>
    </message>
    <message>
        <source>Paused at %1 of %2</source>
        <translation>Angehalten bei %1 von %2</translation>
    </message>
    <message>
        <source>Converting, %1</source>
        <translation>Wird umgewandelt, %1</translation>
    </message>
    <message>
        <source>%1 pixels</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>“%1” is no model of this computer. Generate &gt; Models… lists those that are here and imports files.</source>
        <translation>„%1“ ist kein Modell auf diesem Rechner. Erzeugen &gt; Modelle… zeigt die vorhandenen und liest Dateien ein.</translation>
    </message>
    <message>
        <source>%1 (%2) is not on this computer. Generate &gt; Models… downloads it.</source>
        <translation>%1 (%2) ist nicht auf diesem Rechner. Erzeugen &gt; Modelle… lädt es herunter.</translation>
    </message>
    <message>
        <source>%1 (%2) is not on this computer. Generate &gt; Models… says where its file is published, and imports it.</source>
        <translation>%1 (%2) ist nicht auf diesem Rechner. Erzeugen &gt; Modelle… sagt, wo die Datei veröffentlicht ist, und liest sie ein.</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>None yet. Download one below, or import a file.</source>
        <translation>Noch keines. Laden Sie unten eines herunter, oder importieren Sie eine Datei.</translation>
    </message>
</context>
<context>
    <name>ModelManager</name>
    <message>
        <source>%1 could not be moved to the trash. Remove it in the folder. Nothing was changed.</source>
        <translation>%1 konnte nicht in den Papierkorb gelegt werden. Entfernen Sie es im Ordner. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 could not be taken out of the trash; it is there as %2.</source>
        <translation>%1 konnte nicht aus dem Papierkorb geholt werden; es liegt dort als %2.</translation>
    </message>
</context>
<context>
    <name>ModelsWindow</name>
    <message>
        <source>Checkpoints (*.safetensors *.pt *.pth *.ckpt *.bin);;All files (*)</source>
        <translation>Checkpoints (*.safetensors *.pt *.pth *.ckpt *.bin);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import File…</source>
        <translation>Datei importieren…</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Make a model of a checkpoint on this computer: safetensors, .pt, .pth or .ckpt</source>
        <translation>Aus einem Checkpoint auf diesem Rechner ein Modell machen: safetensors, .pt, .pth oder .ckpt</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>Eine Datei importieren</translation>
    </message>
    <message>
        <source>Show the folder of your models in the file manager</source>
        <translation>Den Ordner Ihrer Modelle in der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Open the folder of your models</source>
        <translation>Den Ordner Ihrer Modelle öffnen</translation>
    </message>
    <message>
        <source>What networks run on; a loaded one is loaded again at the next run</source>
        <translation>Worauf Netze laufen; ein geladenes wird beim nächsten Lauf neu geladen</translation>
    </message>
    <message>
        <source>&amp;Run networks on</source>
        <translation>&amp;Netze laufen auf</translation>
    </message>
    <message>
        <source>Networks run on the processor: no other device is there.</source>
        <translation>Netze laufen auf dem Prozessor: Ein anderes Gerät ist nicht da.</translation>
    </message>
    <message>
        <source>Work &amp;offline</source>
        <translation>&amp;Ohne Netz arbeiten</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>Ohne Netz arbeiten</translation>
    </message>
    <message>
        <source>Nothing is fetched, whatever is pressed. Lacuna never uses the network by itself.</source>
        <translation>Nichts wird geholt, was auch gedrückt wird. Von sich aus benutzt Lacuna nie das Netz.</translation>
    </message>
    <message>
        <source>that of the system</source>
        <translation>der des Systems</translation>
    </message>
    <message>
        <source>http://host:port or socks5://host:port; empty: what the system says</source>
        <translation>http://host:port oder socks5://host:port; leer: was das System sagt</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>&amp;Proxy</translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>%1 ist im Papierkorb.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>%1 is ready.</source>
        <translation>%1 ist bereit.</translation>
    </message>
    <message>
        <source>the fastest</source>
        <translation>das schnellste</translation>
    </message>
    <message>
        <source>Import a Checkpoint</source>
        <translation>Einen Checkpoint importieren</translation>
    </message>
    <message>
        <source>Your models are in %1.</source>
        <translation>Ihre Modelle sind in %1.</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Arrow keys move all pictures, Ctrl with plus and minus change their size, Enter shows this one alone</source>
        <translation>Pfeiltasten bewegen alle Bilder, Strg mit Plus und Minus ändert ihre Größe, Eingabe zeigt dieses allein</translation>
    </message>
    <message>
        <source>Drag and wheel move all pictures; a double click shows this one alone</source>
        <translation>Ziehen und Rad bewegen alle Bilder; ein Doppelklick zeigt dieses allein</translation>
    </message>
    <message>
        <source>%1, picture %2 of %3</source>
        <translation>%1, Bild %2 von %3</translation>
    </message>
    <message>
        <source>being made</source>
        <translation>wird gemacht</translation>
    </message>
</context>
<context>
    <name>PaneBoard</name>
    <message>
        <source>Pictures side by side</source>
        <translation>Bilder nebeneinander</translation>
    </message>
</context>
<context>
    <name>ParameterPanel</name>
    <message>
        <source>DDNM</source>
        <translation>DDNM</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>Projektion</translation>
    </message>
    <message>
        <source>DiffPIR</source>
        <translation>DiffPIR</translation>
    </message>
    <message>
        <source>DDRM</source>
        <translation>DDRM</translation>
    </message>
    <message>
        <source>RePaint (slow)</source>
        <translation>RePaint (langsam)</translation>
    </message>
    <message>
        <source>DPS (slow)</source>
        <translation>DPS (langsam)</translation>
    </message>
    <message>
        <source>How many completions belong to the set</source>
        <translation>Wie viele Ergänzungen zum Satz gehören</translation>
    </message>
    <message>
        <source>How many candidates the gallery explores as a tree; it takes as many times longer. None: the set alone.</source>
        <translation>Wie viele Kandidaten die Galerie als Baum erkundet; es dauert um so viel länger. Keiner: der Satz allein.</translation>
    </message>
    <message>
        <source>Steps of the sampler, each one evaluation for every completion. 0: as many as the model suggests.</source>
        <translation>Schritte des Verfahrens, jeder eine Auswertung für jede Ergänzung. 0: so viele, wie das Modell vorschlägt.</translation>
    </message>
    <message>
        <source>What the completions are drawn from</source>
        <translation>Woraus die Ergänzungen gezogen werden</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>How the network is held to the known pixels</source>
        <translation>Wie das Netz an die bekannten Punkte gebunden wird</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Met&amp;hod</source>
        <translation>Ver&amp;fahren</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Dataset &amp;model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Set si&amp;ze</source>
        <translation>Sat&amp;zgröße</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>V&amp;orrat</translation>
    </message>
    <message>
        <source>S&amp;teps</source>
        <translation>S&amp;chritte</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>&amp;Startwert</translation>
    </message>
    <message>
        <source>It works on %1 × %1 pixels; the shorter side of this picture has %2.</source>
        <translation>Es arbeitet mit %1 × %1 Punkten; die kürzere Seite dieses Bildes hat %2.</translation>
    </message>
</context>
<context>
    <name>ParetoPlot</name>
    <message>
        <source>Quality over diversity</source>
        <translation>Güte über Vielfalt</translation>
    </message>
    <message>
        <source>Left and right walk the Pareto line: cells that no other cell beats in both</source>
        <translation>Links und rechts gehen die Pareto-Linie entlang: Zellen, die keine andere in beidem schlägt</translation>
    </message>
    <message>
        <source>less diverse</source>
        <translation>weniger vielfältig</translation>
    </message>
    <message>
        <source>more diverse</source>
        <translation>vielfältiger</translation>
    </message>
    <message>
        <source>A dot for every cell that is done</source>
        <translation>Ein Punkt für jede fertige Zelle</translation>
    </message>
</context>
<context>
    <name>Projects</name>
    <message>
        <source>Changes cannot be kept for recovery. %1</source>
        <translation>Änderungen können nicht zur Wiederherstellung aufbewahrt werden. %1</translation>
    </message>
    <message>
        <source>Lacuna ended before this was saved: %1.</source>
        <translation>Lacuna endete, bevor dies gespeichert war: %1.</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>This is what was not saved. Save it to keep it.</source>
        <translation>Das war nicht gespeichert. Speichern Sie es, um es zu behalten.</translation>
    </message>
    <message>
        <source>A run was interrupted; its settings are in the panel.</source>
        <translation>Ein Lauf wurde unterbrochen; seine Einstellungen stehen im Bedienfeld.</translation>
    </message>
    <message>
        <source>A run was interrupted; what had finished is here: %1 of %2.</source>
        <translation>Ein Lauf wurde unterbrochen; was fertig war, ist hier: %1 von %2.</translation>
    </message>
    <message>
        <source>%1 can be looked at, but not saved over. %2 Changes can be saved under another name.</source>
        <translation>%1 kann betrachtet, aber nicht überschrieben werden. %2 Änderungen können unter anderem Namen gespeichert werden.</translation>
    </message>
    <message>
        <source>Save Project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Projects (*.lacuna)</source>
        <translation>Projekte (*.lacuna)</translation>
    </message>
    <message>
        <source>Saving %1 …</source>
        <translation>%1 wird gespeichert …</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>done, %1 completions</source>
        <translation>fertig, %1 Ergänzungen</translation>
    </message>
    <message>
        <source>about 2 min left</source>
        <translation>noch etwa 2 min</translation>
    </message>
    <message>
        <source>Upper left</source>
        <translation>Oben links</translation>
    </message>
    <message>
        <source>There is no scene called “%1”. --list-shots prints the names.</source>
        <translation>Es gibt keine Szene „%1“. --list-shots nennt die Namen.</translation>
    </message>
    <message>
        <source>The scene could not be written to %1. Check the folder and the free space.</source>
        <translation>Die Szene konnte nicht nach %1 geschrieben werden. Prüfen Sie den Ordner und den freien Platz.</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>stopped, %1 completions</source>
        <translation>angehalten, %1 Ergänzungen</translation>
    </message>
    <message>
        <source>done, %1 completions</source>
        <translation>fertig, %1 Ergänzungen</translation>
    </message>
    <message>
        <source>The queue cannot be kept for the next start. %1</source>
        <translation>Die Warteschlange kann nicht für den nächsten Start aufbewahrt werden. %1</translation>
    </message>
    <message>
        <source>Lacuna ended twice while the first job of the queue ran, so the queue is paused. Continue it, or remove that job.</source>
        <translation>Lacuna endete zweimal, während der erste Auftrag der Warteschlange lief; darum ist sie angehalten. Setzen Sie sie fort, oder entfernen Sie diesen Auftrag.</translation>
    </message>
    <message>
        <source>Another window of Lacuna keeps the queue: the jobs of this one last as long as it is open.</source>
        <translation>Ein anderes Fenster von Lacuna verwahrt die Warteschlange: Die Aufträge von diesem bestehen, solange es offen ist.</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>misslungen: %1</translation>
    </message>
    <message>
        <source>writing its project</source>
        <translation>schreibt sein Projekt</translation>
    </message>
    <message>
        <source>Job %1 was removed from the queue.</source>
        <translation>Auftrag %1 wurde aus der Warteschlange entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 of %2 evaluations</source>
        <translation>%1 von %2 Auswertungen</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the job from the queue</source>
        <translation>Den Auftrag aus der Warteschlange entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen job; one that runs is stopped and what has finished is kept</source>
        <translation>Den gewählten Auftrag entfernen; ein laufender wird beendet, und was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 fertig</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Continue the queue</source>
        <translation>Die Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Die Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Go on where the run was held</source>
        <translation>Weitermachen, wo der Lauf angehalten wurde</translation>
    </message>
    <message>
        <source>Hold the run where it is; the queue stays paused over a restart</source>
        <translation>Den Lauf festhalten, wo er ist; die Warteschlange bleibt auch nach einem Neustart angehalten</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Jobs of the queue</source>
        <translation>Aufträge der Warteschlange</translation>
    </message>
    <message>
        <source>Drag a waiting job, or move it with Alt and the arrow keys. Delete removes it, Enter shows what came of a finished one.</source>
        <translation>Ziehen Sie einen wartenden Auftrag, oder bewegen Sie ihn mit Alt und den Pfeiltasten. Entf entfernt ihn, Eingabe zeigt, was aus einem fertigen wurde.</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Nothing was left unsaved.</source>
        <translation>Nichts blieb ungespeichert.</translation>
    </message>
    <message>
        <source>These documents were not saved. What was done to them was kept:</source>
        <translation>Diese Dokumente wurden nicht gespeichert. Was an ihnen getan wurde, blieb erhalten:</translation>
    </message>
    <message>
        <source>Documents that were not saved</source>
        <translation>Nicht gespeicherte Dokumente</translation>
    </message>
    <message>
        <source>&amp;Recover</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>%1, %2, %3%4</source>
        <translation>%1, %2, %3%4</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>, after a crash</source>
        <translation>, nach einem Absturz</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>mean distance %1 grey levels · %2</source>
        <translation>mittlerer Abstand %1 Graustufen · %2</translation>
    </message>
    <message>
        <source>%1 of %2 candidates so far</source>
        <translation>bisher %1 von %2 Kandidaten</translation>
    </message>
</context>
<context>
    <name>RuleSwitch</name>
    <message>
        <source>Farthest</source>
        <translation>Fernste</translation>
    </message>
    <message>
        <source>K-means</source>
        <translation>K-Means</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Farthest points give diversity: cards as different as the candidates allow.</source>
        <translation>Fernste Punkte geben Vielfalt: Karten so verschieden, wie es die Kandidaten erlauben.</translation>
    </message>
    <message>
        <source>K-means gives coverage: cards in the middle of the largest groups.</source>
        <translation>K-Means gibt Abdeckung: Karten in der Mitte der größten Gruppen.</translation>
    </message>
    <message>
        <source>Uniformization levels the density: common and rare kinds alike; it may leave out the main kind.</source>
        <translation>Gleichmäßig ebnet die Dichte: häufige und seltene Arten gleichermaßen; die häufigste kann fehlen.</translation>
    </message>
    <message>
        <source>Random shows what the model finds likely: cards may be much alike.</source>
        <translation>Zufällig zeigt, was das Modell wahrscheinlich findet: Karten können sich sehr ähneln.</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>üblich</translation>
    </message>
    <message>
        <source>odd</source>
        <translation>seltsam</translation>
    </message>
    <message>
        <source>Choose cards by: %1</source>
        <translation>Karten wählen nach: %1</translation>
    </message>
    <message>
        <source>Peculiarity, from likely to odd</source>
        <translation>Eigenart, von üblich bis seltsam</translation>
    </message>
    <message>
        <source>From likely candidates to odd ones: how much of the pool the cards are chosen from</source>
        <translation>Von üblichen zu seltsamen Kandidaten: aus wie viel des Vorrats die Karten gewählt werden</translation>
    </message>
</context>
<context>
    <name>RunBox</name>
    <message>
        <source>+ queue</source>
        <translation>+ Schlange</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange stellen</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopping after this step</source>
        <translation>Hält nach diesem Schritt an</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 evaluations</source>
        <translation>%1 · %2 von %3 Auswertungen</translation>
    </message>
    <message>
        <source>Evaluations of the model, each of one picture</source>
        <translation>Auswertungen des Modells, jede für ein Bild</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Ziehung</translation>
    </message>
    <message>
        <source>Selecting the set</source>
        <translation>Satz wird gewählt</translation>
    </message>
    <message>
        <source>Measuring the set</source>
        <translation>Satz wird gemessen</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>noch etwa %1</translation>
    </message>
    <message>
        <source>about %1 left, %2 to %3</source>
        <translation>noch etwa %1, %2 bis %3</translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>Open a picture first.</source>
        <translation>Öffnen Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>Paint the hole first: nothing is marked yet.</source>
        <translation>Malen Sie zuerst das Loch: Noch ist nichts markiert.</translation>
    </message>
    <message>
        <source>Leave a part of the picture known: all of it is marked.</source>
        <translation>Lassen Sie einen Teil des Bildes bekannt: Alles ist markiert.</translation>
    </message>
    <message>
        <source>Twin without guidance</source>
        <translation>Zwilling ohne Führung</translation>
    </message>
    <message>
        <source>%1 of %2 completions failed: %3</source>
        <translation>%1 von %2 Ergänzungen misslangen: %3</translation>
    </message>
    <message>
        <source>Stopped. What was there is shown.</source>
        <translation>Angehalten. Gezeigt wird, was da war.</translation>
    </message>
    <message>
        <source>Stopped before anything was there.</source>
        <translation>Angehalten, bevor etwas da war.</translation>
    </message>
    <message>
        <source>%1 candidates in %2 s.</source>
        <translation>%1 Kandidaten in %2 s.</translation>
    </message>
    <message>
        <source>%1 completions in %2 s.</source>
        <translation>%1 Ergänzungen in %2 s.</translation>
    </message>
    <message>
        <source>%1 candidates.</source>
        <translation>%1 Kandidaten.</translation>
    </message>
    <message>
        <source>%1 completions.</source>
        <translation>%1 Ergänzungen.</translation>
    </message>
</context>
<context>
    <name>SeedBox</name>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Behalten</translation>
    </message>
    <message>
        <source>The number from which all randomness of the set follows. The same seed and the same settings give the same set.</source>
        <translation>Die Zahl, aus der aller Zufall des Satzes folgt. Derselbe Startwert und dieselben Einstellungen ergeben denselben Satz.</translation>
    </message>
    <message>
        <source>Use the same seed again for the next set</source>
        <translation>Denselben Startwert für den nächsten Satz wieder benutzen</translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation>Startwert behalten</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>Roll the dice for another seed</source>
        <translation>Um einen anderen Startwert würfeln</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>Ansicht bewegen</translation>
    </message>
    <message>
        <source>Space and drag, middle drag, arrows</source>
        <translation>Leertaste und ziehen, mittlere Taste, Pfeile</translation>
    </message>
    <message>
        <source>Erase with any tool</source>
        <translation>Mit jedem Werkzeug radieren</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>Mit rechter Taste ziehen</translation>
    </message>
    <message>
        <source>Move the hole</source>
        <translation>Das Loch verschieben</translation>
    </message>
    <message>
        <source>Ctrl and drag, Ctrl and arrows</source>
        <translation>Strg und ziehen, Strg und Pfeile</translation>
    </message>
    <message>
        <source>Square, circle, 45 degrees</source>
        <translation>Quadrat, Kreis, 45 Grad</translation>
    </message>
    <message>
        <source>Shift and drag or click</source>
        <translation>Umschalt und ziehen oder klicken</translation>
    </message>
    <message>
        <source>Straight brush line</source>
        <translation>Gerader Pinselstrich</translation>
    </message>
    <message>
        <source>Shift and click</source>
        <translation>Umschalt und Klick</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Alt and wheel</source>
        <translation>Alt und Rad</translation>
    </message>
    <message>
        <source>&amp;Reset All</source>
        <translation>Alle &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Give every action the keys that it came with</source>
        <translation>Jeder Aktion ihre mitgelieferten Tasten geben</translation>
    </message>
    <message>
        <source>Press a key button, then the new key.</source>
        <translation>Drücken Sie einen Tastenknopf, dann die neue Taste.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset the keys of %1</source>
        <translation>Tasten von %1 zurücksetzen</translation>
    </message>
    <message>
        <source>Give it the keys that it came with</source>
        <translation>Ihr die mitgelieferten Tasten geben</translation>
    </message>
    <message>
        <source>%1 always does “%2”. Choose another key.</source>
        <translation>%1 tut immer „%2“. Wählen Sie eine andere Taste.</translation>
    </message>
    <message>
        <source>%1 already does “%2”.</source>
        <translation>%1 tut schon „%2“.</translation>
    </message>
    <message>
        <source>Use it for “%1”</source>
        <translation>Für „%1“ benutzen</translation>
    </message>
    <message>
        <source>“%1” has no key now.</source>
        <translation>„%1“ hat jetzt keine Taste.</translation>
    </message>
    <message>
        <source>%1 now does “%2”.</source>
        <translation>%1 tut jetzt „%2“.</translation>
    </message>
    <message>
        <source>%1: no key</source>
        <translation>%1: keine Taste</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>SweepBoard</name>
    <message>
        <source>Export the sweep</source>
        <translation>Den Sweep exportieren</translation>
    </message>
    <message>
        <source>Run the sweep</source>
        <translation>Den Sweep starten</translation>
    </message>
    <message>
        <source>Stop the sweep</source>
        <translation>Den Sweep anhalten</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>‹ Picture</source>
        <translation>‹ Bild</translation>
    </message>
    <message>
        <source>Back to the picture; a sweep that runs goes on</source>
        <translation>Zurück zum Bild; eine laufende Reihe läuft weiter</translation>
    </message>
    <message>
        <source>State of the sweep</source>
        <translation>Stand der Reihe</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Ro&amp;ws</source>
        <translation>&amp;Zeilen</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>Take the Panel’s Settings</source>
        <translation>Einstellungen des Bedienfelds</translation>
    </message>
    <message>
        <source>Start from the model, steps, set size and seed that the panel shows now</source>
        <translation>Von Modell, Schritten, Satzgröße und Startwert ausgehen, die das Bedienfeld jetzt zeigt</translation>
    </message>
    <message>
        <source>Open a picture and paint a hole. Then this board fills it with many settings at once, to compare them.</source>
        <translation>Öffnen Sie ein Bild und malen Sie ein Loch. Dann füllt diese Tafel es mit vielen Einstellungen zugleich, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Paint the hole first. Then this board fills it with many settings at once, to compare them.</source>
        <translation>Malen Sie zuerst das Loch. Dann füllt diese Tafel es mit vielen Einstellungen zugleich, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Leave a part of the picture known: all of it is marked.</source>
        <translation>Lassen Sie einen Teil des Bildes bekannt: Alles ist markiert.</translation>
    </message>
    <message>
        <source>Looking for cells that are there already…</source>
        <translation>Sucht vorhandene Zellen…</translation>
    </message>
    <message>
        <source>This photo</source>
        <translation>Dieses Foto</translation>
    </message>
    <message>
        <source>%1 completions</source>
        <translation>%1 Ergänzungen</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>one noise, seed %1</source>
        <translation>ein Rauschen, Startwert %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>%1 of %2 cells done</source>
        <translation>%1 von %2 Zellen fertig</translation>
    </message>
    <message>
        <source>Looking for cells that are done…</source>
        <translation>Sucht fertige Zellen…</translation>
    </message>
    <message>
        <source>, waits for another run</source>
        <translation>, wartet auf einen anderen Lauf</translation>
    </message>
    <message>
        <source>Run fills %1 sets; cells that are done stay</source>
        <translation>Starten füllt %1 Sätze; fertige Zellen bleiben</translation>
    </message>
    <message>
        <source>All %1 cells are done</source>
        <translation>Alle %1 Zellen sind fertig</translation>
    </message>
    <message>
        <source>The panel has the values of the cell: %1.</source>
        <translation>Das Bedienfeld hat die Werte der Zelle: %1.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Save or copy the figure and the tables of what is done</source>
        <translation>Abbildung und Tabellen des Fertigen speichern oder kopieren</translation>
    </message>
    <message>
        <source>Figure as &amp;PNG…</source>
        <translation>Abbildung als &amp;PNG…</translation>
    </message>
    <message>
        <source>Figure as &amp;SVG…</source>
        <translation>Abbildung als &amp;SVG…</translation>
    </message>
    <message>
        <source>Table as &amp;CSV…</source>
        <translation>Tabelle als &amp;CSV…</translation>
    </message>
    <message>
        <source>Tables as &amp;LaTeX…</source>
        <translation>Tabellen als &amp;LaTeX…</translation>
    </message>
    <message>
        <source>Copy Table as C&amp;SV</source>
        <translation>Tabelle als CS&amp;V kopieren</translation>
    </message>
    <message>
        <source>Copy Tables as L&amp;aTeX</source>
        <translation>Tabellen als L&amp;aTeX kopieren</translation>
    </message>
    <message>
        <source>The table is on the clipboard.</source>
        <translation>Die Tabelle ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>%1 file (*.%2)</source>
        <translation>%1-Datei (*.%2)</translation>
    </message>
    <message>
        <source>Export Sweep</source>
        <translation>Reihe exportieren</translation>
    </message>
    <message>
        <source>The sweep was saved as %1.</source>
        <translation>Die Reihe wurde als %1 gespeichert.</translation>
    </message>
    <message>
        <source>Judge by</source>
        <translation>Messen mit</translation>
    </message>
    <message>
        <source>&amp;LPIPS</source>
        <translation>&amp;LPIPS</translation>
    </message>
    <message>
        <source>&amp;NIQE</source>
        <translation>&amp;NIQE</translation>
    </message>
    <message>
        <source>Diversity as a network sees it: mean LPIPS of all pairs of a set. It needs two published files.</source>
        <translation>Vielfalt, wie ein Netz sie sieht: mittleres LPIPS aller Paare eines Satzes. Es braucht zwei veröffentlichte Dateien.</translation>
    </message>
    <message>
        <source>Quality of each picture by itself, by parameters fitted on Lacuna's renders: not comparable with published NIQE. Pictures below 192 × 96 pixels are not judged.</source>
        <translation>Güte jedes Bildes für sich, mit Parametern, die an Bildern von Lacuna bestimmt wurden: nicht vergleichbar mit veröffentlichtem NIQE. Bilder unter 192 × 96 Pixeln werden nicht beurteilt.</translation>
    </message>
    <message>
        <source>, %1 failed</source>
        <translation>, %1 misslungen</translation>
    </message>
</context>
<context>
    <name>SweepCellButton</name>
    <message>
        <source>Arrow keys walk the cells; Enter puts the values of this one into the panel</source>
        <translation>Pfeiltasten gehen durch die Zellen; Eingabe setzt die Werte von dieser ins Bedienfeld</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch nicht gelaufen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>misslungen</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>known pixels changed: %1 dB</source>
        <translation>bekannte Pixel geändert: %1 dB</translation>
    </message>
</context>
<context>
    <name>SweepDetail</name>
    <message>
        <source>Use This Cell</source>
        <translation>Diese Zelle benutzen</translation>
    </message>
    <message>
        <source>Put the values of this cell into the panel beside the picture</source>
        <translation>Die Werte dieser Zelle in das Bedienfeld neben dem Bild setzen</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Wert von %1</translation>
    </message>
    <message>
        <source>Not run yet.</source>
        <translation>Noch nicht gelaufen.</translation>
    </message>
    <message>
        <source>Running, %1 %.</source>
        <translation>Läuft, %1 %.</translation>
    </message>
    <message>
        <source>Diversity %1 grey levels, nearest mates %2. Seam %3, where 1 shows none.</source>
        <translation>Vielfalt %1 Graustufen, nächste Nachbarn %2. Naht %3; 1 zeigt keine.</translation>
    </message>
    <message>
        <source>Colours and gradients differ by %1.</source>
        <translation>Farben und Verläufe weichen um %1 ab.</translation>
    </message>
    <message>
        <source>Known pixels agree to %1 dB only.</source>
        <translation>Bekannte Pixel stimmen nur auf %1 dB überein.</translation>
    </message>
</context>
<context>
    <name>SweepGrid</name>
    <message>
        <source>Cells of the sweep</source>
        <translation>Zellen der Reihe</translation>
    </message>
</context>
<context>
    <name>SweepTable</name>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>noise levels</source>
        <translation>Rauschstufen</translation>
    </message>
    <message>
        <source>particle guidance</source>
        <translation>Partikelführung</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>set size</source>
        <translation>Satzgröße</translation>
    </message>
    <message>
        <source>pool size</source>
        <translation>Vorrat</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>eta of the method</source>
        <translation>eta des Verfahrens</translation>
    </message>
    <message>
        <source>no bound</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>%1 grey levels</source>
        <translation>%1 Graustufen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch nicht gelaufen</translation>
    </message>
    <message>
        <source>running, %1 %</source>
        <translation>läuft, %1 %</translation>
    </message>
    <message>
        <source>failed. %1</source>
        <translation>misslungen. %1</translation>
    </message>
    <message>
        <source>diversity %1, done</source>
        <translation>Vielfalt %1, fertig</translation>
    </message>
    <message>
        <source>, on the Pareto line</source>
        <translation>, auf der Pareto-Linie</translation>
    </message>
    <message>
        <source>, known pixels kept</source>
        <translation>, bekannte Pixel erhalten</translation>
    </message>
    <message>
        <source>, known pixels changed: %1 dB</source>
        <translation>, bekannte Pixel geändert: %1 dB</translation>
    </message>
</context>
<context>
    <name>TailChart</name>
    <message>
        <source>Histogram of %1 candidates along the direction in which they differ most</source>
        <translation>Histogramm von %1 Kandidaten entlang der Richtung, in der sie sich am meisten unterscheiden</translation>
    </message>
    <message>
        <source>first principal component of what the candidates show</source>
        <translation>erste Hauptkomponente dessen, was die Kandidaten zeigen</translation>
    </message>
</context>
<context>
    <name>TailSheet</name>
    <message>
        <source>kurtosis %1 (95 %: %2 to %3)</source>
        <translation>Kurtosis %1 (95 %: %2 bis %3)</translation>
    </message>
    <message>
        <source>Too few candidates to tell: there are %1.</source>
        <translation>Zu wenige Kandidaten, um etwas zu sagen: es sind %1.</translation>
    </message>
    <message>
        <source>All %1 candidates are alike.</source>
        <translation>Alle %1 Kandidaten sind gleich.</translation>
    </message>
    <message>
        <source>Heavy tail: %1, where Gaussian sets of this size have %2 to %3; a few candidates lie far from the rest.</source>
        <translation>Schwerer Rand: %1, während gaußsche Mengen dieser Größe %2 bis %3 haben; einige Kandidaten liegen weit von den anderen.</translation>
    </message>
    <message>
        <source>Heavy tail: %1, where Gaussian sets of this size have %2 to %3; about %4 of 100 candidates form a rare group, which %5 random ones miss %6 times of 100.</source>
        <translation>Schwerer Rand: %1, gaußsche Mengen haben %2 bis %3; etwa %4 von 100 Kandidaten sind eine seltene Gruppe, die %5 zufällige %6-mal von 100 verfehlen.</translation>
    </message>
    <message>
        <source>Two large groups: %1, where Gaussian sets of this size have %2 to %3; the smaller group has about %4 of 100 candidates.</source>
        <translation>Zwei große Gruppen: %1, während gaußsche Mengen dieser Größe %2 bis %3 haben; die kleinere Gruppe hat etwa %4 von 100 Kandidaten.</translation>
    </message>
    <message>
        <source>No heavy tail: %1, as Gaussian sets of this size have (%2 to %3); %4 random candidates stand for the pool.</source>
        <translation>Kein schwerer Rand: %1, wie gaußsche Mengen dieser Größe (%2 bis %3); %4 zufällige Kandidaten stehen für alle.</translation>
    </message>
    <message>
        <source>Tail report</source>
        <translation>Bericht über Seltenes</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the tail report</source>
        <translation>Den Bericht über Seltenes schließen</translation>
    </message>
    <message>
        <source>Back to the picture (Esc)</source>
        <translation>Zurück zum Bild (Esc)</translation>
    </message>
    <message>
        <source>Comparing %1 candidates with Gaussian sets of the same size…</source>
        <translation>%1 Kandidaten werden mit gleich großen Gaußschen Mengen verglichen…</translation>
    </message>
    <message>
        <source>Kurtosis %1; drawn again and again it lies from %2 to %3 (95 %). Gaussian sets of %4 candidates have %5 to %6; %7 % of them have as much.</source>
        <translation>Kurtosis %1; immer wieder gezogen liegt sie von %2 bis %3 (95 %). Gaußsche Mengen von %4 Kandidaten haben %5 bis %6; %7 % von ihnen haben so viel.</translation>
    </message>
    <message>
        <source>Two groups fit better than one: %1 % around %2 (coloured line) and %3 % around %4.</source>
        <translation>Zwei Gruppen passen besser als eine: %1 % um %2 (farbige Linie) und %3 % um %4.</translation>
    </message>
    <message>
        <source>Two groups (dashed) fit no better than one.</source>
        <translation>Zwei Gruppen (gestrichelt) passen nicht besser als eine.</translation>
    </message>
    <message>
        <source>All of this counts samples of the model; it says nothing about the real scene.</source>
        <translation>All dies zählt Ziehungen des Modells; über die wirkliche Szene sagt es nichts.</translation>
    </message>
    <message>
        <source>These candidates were guided away from each other: their tail is that of the guided set.</source>
        <translation>Diese Kandidaten wurden voneinander weg geführt: Ihr Seltenes ist das des geführten Satzes.</translation>
    </message>
</context>
<context>
    <name>TreeMinimap</name>
    <message>
        <source>Tree of the candidates</source>
        <translation>Baum der Kandidaten</translation>
    </message>
    <message>
        <source>%1 candidates, %2 cards shown</source>
        <translation>%1 Kandidaten, %2 Karten gezeigt</translation>
    </message>
    <message>
        <source>Candidate %1, stands for %2 of %3</source>
        <translation>Kandidat %1, steht für %2 von %3</translation>
    </message>
</context>
<context>
    <name>TwinList</name>
    <message>
        <source>What guidance changed</source>
        <translation>Was die Führung geändert hat</translation>
    </message>
    <message>
        <source>%1: no twin</source>
        <translation>%1: kein Zwilling</translation>
    </message>
    <message>
        <source>%1: moved by %2 grey levels</source>
        <translation>%1: um %2 Graustufen verschoben</translation>
    </message>
</context>
<context>
    <name>UnseenGauge</name>
    <message>
        <source>is the share of kinds not seen yet, at most %1. %2 more candidates show a new kind with %3.</source>
        <translation>ist der Anteil noch nicht gesehener Arten, höchstens %1. %2 weitere Kandidaten zeigen mit %3 eine neue Art.</translation>
    </message>
    <message>
        <source>Good-Turing estimate: %1 of %2 candidates are the only ones of their kind, among %3 kinds. It speaks of samples of the model, not of the scene.</source>
        <translation>Schätzung nach Good und Turing: %1 von %2 Kandidaten sind die einzigen ihrer Art, bei %3 Arten. Sie spricht von Ziehungen des Modells, nicht von der Szene.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Guided candidates push each other apart: they do not tell what is unseen. Set Diversity to plain.</source>
        <translation>Geführte Kandidaten schieben einander weg: Sie sagen nicht, was ungesehen ist. Stellen Sie die Vielfalt auf schlicht.</translation>
    </message>
    <message>
        <source>Anything new left? %1</source>
        <translation>Noch etwas Neues? %1</translation>
    </message>
    <message>
        <source>Anything new left?</source>
        <translation>Noch etwas Neues?</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Drop a picture here</source>
        <translation>Legen Sie hier ein Bild ab</translation>
    </message>
    <message>
        <source>Open Picture…</source>
        <translation>Bild öffnen…</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>Ein Bild öffnen</translation>
    </message>
    <message>
        <source>PNG, JPEG, TIFF, WebP or PNM, from a file or the clipboard</source>
        <translation>PNG, JPEG, TIFF, WebP oder PNM, aus einer Datei oder der Zwischenablage</translation>
    </message>
    <message>
        <source>Lacuna</source>
        <translation>Lacuna</translation>
    </message>
    <message>
        <source>Mark a hole in a picture and see the different things that could be there.</source>
        <translation>Markieren Sie ein Loch in einem Bild und sehen Sie, was alles dort sein könnte.</translation>
    </message>
    <message>
        <source>Or begin with an example</source>
        <translation>Oder beginnen Sie mit einem Beispiel</translation>
    </message>
    <message>
        <source>New example picture</source>
        <translation>Neues Beispielbild</translation>
    </message>
    <message>
        <source>Draw a new example picture</source>
        <translation>Ein neues Beispielbild zeichnen</translation>
    </message>
</context>
<context>
    <name>WindowAids</name>
    <message>
        <source>Every hint is shown again on the first use of what it explains.</source>
        <translation>Jeder Hinweis erscheint wieder bei der ersten Benutzung dessen, was er erklärt.</translation>
    </message>
    <message>
        <source>Collect Diagnostics</source>
        <translation>Diagnose sammeln</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>The diagnostics were saved. They hold versions, hardware, choices and the last events, no picture and no names of files. Read them before you send them.</source>
        <translation>Die Diagnose wurde gespeichert. Sie enthält Versionen, Hardware, Einstellungen und die letzten Ereignisse, kein Bild und keine Dateinamen. Lesen Sie sie, bevor Sie sie verschicken.</translation>
    </message>
</context>
<context>
    <name>Verifier</name>
    <message>
        <source>the processor</source>
        <translation>dem Prozessor</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>It was made on %1, and ran again on %2.</source>
        <translation>Er entstand auf %1 und lief jetzt auf %2.</translation>
    </message>
    <message>
        <source>It was made by Lacuna %1, and this is %2.</source>
        <translation>Er entstand mit Lacuna %1, und dies ist %2.</translation>
    </message>
    <message>
        <source>The weights of %1 are others than those it was made with.</source>
        <translation>Die Gewichte von %1 sind andere als die, mit denen er entstand.</translation>
    </message>
    <message>
        <source>Verified: the recipe gave the same again, %1 of %1 completions equal in every sample.</source>
        <translation>Geprüft: das Rezept ergab wieder dasselbe, %1 von %1 Ergänzungen sind in jedem Wert gleich.</translation>
    </message>
    <message>
        <source>Not the same: %1 of %2 completions differ, in %3 samples by at most %4 levels of 255.</source>
        <translation>Nicht dasselbe: %1 von %2 Ergänzungen weichen ab, in %3 Werten um höchstens %4 Stufen von 255.</translation>
    </message>
    <message>
        <source>Verifying: %1 of %2 evaluations …</source>
        <translation>Prüfung: %1 von %2 Auswertungen …</translation>
    </message>
    <message>
        <source>Verifying …</source>
        <translation>Prüfung …</translation>
    </message>
    <message>
        <source>A set that was stopped before its end cannot be made again. Generate it anew.</source>
        <translation>Ein Satz, der vor seinem Ende angehalten wurde, lässt sich nicht wiederholen. Erzeugen Sie ihn neu.</translation>
    </message>
    <message>
        <source>There is nothing to verify. Generate a set, or open a project or a PNG file that carries its recipe.</source>
        <translation>Es gibt nichts zu prüfen. Erzeugen Sie einen Satz, oder öffnen Sie ein Projekt oder eine PNG-Datei, die ihr Rezept enthält.</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>carries no recipe</source>
        <translation>enthält kein Rezept</translation>
    </message>
    <message>
        <source>Open a project, or a PNG file that Lacuna has exported</source>
        <translation>Öffnen Sie ein Projekt oder eine PNG-Datei, die Lacuna exportiert hat</translation>
    </message>
    <message>
        <source>has a hole with a soft edge, under which nothing is known of it</source>
        <translation>hat ein Loch mit weichem Rand, unter dem nichts von ihm bekannt ist</translation>
    </message>
    <message>
        <source>Open the project of the set</source>
        <translation>Öffnen Sie das Projekt des Satzes</translation>
    </message>
    <message>
        <source>was made with another hole than the mask</source>
        <translation>entstand mit einem anderen Loch als der Maske</translation>
    </message>
    <message>
        <source>Import the mask that it was made with</source>
        <translation>Importieren Sie die Maske, mit der es entstand</translation>
    </message>
    <message>
        <source>The recipe runs again in the background, behind other runs.</source>
        <translation>Das Rezept läuft im Hintergrund noch einmal, hinter anderen Läufen.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopped. Nothing was compared.</source>
        <translation>Angehalten. Es wurde nichts verglichen.</translation>
    </message>
</context>
</TS>
