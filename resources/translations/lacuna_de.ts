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
        <source>&amp;Export Shown Completion…</source>
        <translation>Gezeigte Ergänzung e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Save the completion on the canvas as a PNG file</source>
        <translation>Die Ergänzung auf der Leinwand als PNG-Datei speichern</translation>
    </message>
    <message>
        <source>Export A&amp;ll Completions…</source>
        <translation>Alle Ergänzungen expor&amp;tieren…</translation>
    </message>
    <message>
        <source>Save every completion of the set into a folder</source>
        <translation>Jede Ergänzung des Satzes in einem Ordner speichern</translation>
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
        <source>Zoom &amp;In</source>
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
        <source>F&amp;ull Screen</source>
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
        <source>&amp;Lasso</source>
        <translation>&amp;Lasso</translation>
    </message>
    <message>
        <source>Draw around a hole; the right button erases</source>
        <translation>Ein Loch umfahren; die rechte Taste radiert</translation>
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
        <source>&amp;Invert</source>
        <translation>&amp;Umkehren</translation>
    </message>
    <message>
        <source>Exchange hole and known pixels</source>
        <translation>Loch und bekannte Punkte vertauschen</translation>
    </message>
    <message>
        <source>I&amp;mport Mask…</source>
        <translation>Maske &amp;importieren…</translation>
    </message>
    <message>
        <source>Read a mask from a picture file: white is the hole</source>
        <translation>Eine Maske aus einer Bilddatei lesen: Weiß ist das Loch</translation>
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
        <source>&amp;Next Completion</source>
        <translation>N&amp;ächste Ergänzung</translation>
    </message>
    <message>
        <source>Show the next completion of the set</source>
        <translation>Die nächste Ergänzung des Satzes zeigen</translation>
    </message>
    <message>
        <source>&amp;Previous Completion</source>
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
        <source>Paint the hole here. Arrow keys move the picture.</source>
        <translation>Malen Sie hier das Loch. Pfeiltasten bewegen das Bild.</translation>
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
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Hold to see the original (C held)</source>
        <translation>Halten, um das Original zu sehen (C gehalten)</translation>
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
        <source>The settings in this picture cannot be restored: it %1.</source>
        <translation>Die Einstellungen in diesem Bild können nicht wiederhergestellt werden: %1.</translation>
    </message>
</context>
<context>
    <name>Engine</name>
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
    <name>Files</name>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.ppm *.pgm *.pnm);;All files (*)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.ppm *.pgm *.pnm);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Pictures and projects (*.png *.jpg *.jpeg *.ppm *.pgm *.pnm *.lacuna);;All files (*)</source>
        <translation>Bilder und Projekte (*.png *.jpg *.jpeg *.ppm *.pgm *.pnm *.lacuna);;Alle Dateien (*)</translation>
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
        <source>Export Completion</source>
        <translation>Ergänzung exportieren</translation>
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
        <source>Export All Completions</source>
        <translation>Alle Ergänzungen exportieren</translation>
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
        <source>Choose the cards from all candidates</source>
        <translation>Die Karten aus allen Kandidaten wählen</translation>
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
        <source>Export shown…</source>
        <translation>Gezeigte exportieren…</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alle exportieren…</translation>
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
        <source>zoom %1 %</source>
        <translation>Zoom %1 %</translation>
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
        <source>About Lacuna</source>
        <translation>Über Lacuna</translation>
    </message>
    <message>
        <source>&lt;b&gt;Lacuna %1&lt;/b&gt;&lt;p&gt;Several meaningfully different ways to fill a hole in a picture.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Lacuna %1&lt;/b&gt;&lt;p&gt;Mehrere sinnvoll verschiedene Arten, ein Loch in einem Bild zu füllen.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.&lt;/p&gt;</translation>
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
        <source>about 8 s left</source>
        <translation>noch etwa 8 s</translation>
    </message>
    <message>
        <source>about 2 min left</source>
        <translation>noch etwa 2 min</translation>
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
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
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
        <source>Preparing</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Stopping after this step</source>
        <translation>Hält nach diesem Schritt an</translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 von %3</translation>
    </message>
    <message>
        <source>Evaluations of the model, each of the whole set</source>
        <translation>Auswertungen des Modells, jede für den ganzen Satz</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
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
        <source>%1 of %2 completions failed: %3</source>
        <translation>%1 von %2 Ergänzungen misslangen: %3</translation>
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
        <source>PNG, JPEG or PNM, from a file or the clipboard</source>
        <translation>PNG, JPEG oder PNM, aus einer Datei oder der Zwischenablage</translation>
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
</TS>
