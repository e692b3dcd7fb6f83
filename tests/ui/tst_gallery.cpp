// SPDX-License-Identifier: GPL-3.0-or-later
// The gallery over a pool: the tree as cards, its keys, rules, growth and marks.
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <set>

#include "tests/ui/window_fixture.h"
#include "ui/appearance/motion.h"
#include "ui/gallery/breadcrumb.h"
#include "ui/gallery/candidate_map.h"
#include "ui/gallery/gallery_side.h"
#include "ui/gallery/rule_switch.h"
#include "ui/gallery/tree_minimap.h"
#include "ui/gallery/unseen_gauge.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestGallery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        setMotion(false);
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
    }
    void cleanup() { f_->window.reset(); }
    void sharesAddUpToThePool();
    void cardsSayWhatTheyStandFor();
    void keysWalkTheTree();
    void branchOpensByMouse();
    void breadcrumbAndMinimapLeadBack();
    void starAndCross();
    void starsStayWhenTheRuleChanges();
    void everyRuleHasItsSentence_data();
    void everyRuleHasItsSentence();
    void oddEndFindsTheRareKind();
    void growsInPlace();
    void regroupsAtTheEndUnlessAttended_data();
    void regroupsAtTheEndUnlessAttended();
    void stoppedPoolIsKept();
    void gaugeTellsWhatIsUnseen();
    void guidedPoolsDoNotTell();
    void mapPicksCandidates();
    void aSetAloneExplainsItself();
    void cardsFlyAndSettle();
    void thumbnailsShowTheCandidate();

private:
    GalleryPanel& gallery() const { return f_->window->gallery(); }
    bool explore(int pool, int dial = 0)
    {
        f_->openWithHole();
        f_->window->parameters().setPool(pool);
        f_->window->parameters().setDial(dial);
        return f_->generate();
    }
    int largest() const
    {
        int best = 0;
        for (int i = 1; i < gallery().count(); ++i)
            if (gallery().card(i)->content().standsFor > gallery().card(best)->content().standsFor)
                best = i;
        return best;
    }
    std::vector<int> shownCandidates() const
    {
        std::vector<int> list;
        for (int i = 0; i < gallery().count(); ++i)
            list.push_back(gallery().stage().candidate(i));
        return list;
    }

    std::unique_ptr<WindowFixture> f_;
};

void TestGallery::sharesAddUpToThePool()
{
    QVERIFY(explore(60));
    QCOMPARE(gallery().count(), 5);
    int sum = 0;
    for (int i = 0; i < 5; ++i)
        sum += gallery().card(i)->content().standsFor;
    QCOMPARE(sum, 60);

    // A branch holds everything its card stands for but the card itself.
    const int place = largest(), size = gallery().card(place)->content().standsFor;
    gallery().open(gallery().stage().candidate(place));
    sum = 0;
    for (int i = 0; i < gallery().count(); ++i)
        sum += gallery().card(i)->content().standsFor;
    QCOMPARE(sum, size - 1);
}

void TestGallery::cardsSayWhatTheyStandFor()
{
    QVERIFY(explore(60));
    const GalleryCard* card = gallery().card(2);
    const QString name = card->accessibleName();
    QVERIFY2(name.startsWith(QStringLiteral("Candidate %1, stands for %2 of 60")
                                 .arg(gallery().stage().candidate(2) + 1)
                                 .arg(card->content().standsFor)),
             qPrintable(name));
    QVERIFY(card->accessibleDescription().contains(QStringLiteral("S stars it")));
    QVERIFY(card->content().origin.contains(QStringLiteral("seed")));
    QVERIFY(gallery().captionText().contains(QStringLiteral("samples of the model")));
}

void TestGallery::keysWalkTheTree()
{
    QVERIFY(explore(60));
    const int place = largest(), candidate = gallery().stage().candidate(place);
    QTest::mouseClick(gallery().card(place), Qt::LeftButton);
    QCOMPARE(f_->window->results().shown(), candidate);
    gallery().card(place)->setFocus();
    QTest::keyClick(gallery().card(place), Qt::Key_Return);
    QCOMPARE(gallery().model().branch(), candidate);
    QVERIFY(gallery().card(0)->hasFocus());
    QCOMPARE(f_->window->results().shown(), gallery().stage().candidate(0));

    QTest::keyClick(gallery().card(0), Qt::Key_Right);
    QVERIFY(gallery().card(1)->hasFocus());
    QCOMPARE(f_->window->results().shown(), gallery().stage().candidate(1));
    QTest::keyClick(gallery().card(1), Qt::Key_Backspace);
    QCOMPARE(gallery().model().branch(), GalleryModel::root);
    QVERIFY(gallery().card(place)->hasFocus());
    QCOMPARE(gallery().stage().candidate(place), candidate);
    QTest::keyClick(gallery().card(place), Qt::Key_Backspace); // there is no way further up
    QCOMPARE(gallery().model().branch(), GalleryModel::root);
}

void TestGallery::branchOpensByMouse()
{
    QVERIFY(explore(60));
    const int candidate = gallery().stage().candidate(largest());
    QTest::mouseDClick(gallery().card(largest()), Qt::LeftButton, {}, {100, 80});
    QCOMPARE(gallery().model().branch(), candidate);
    gallery().close();
    GalleryCard* card = gallery().card(largest());
    QTest::mouseClick(card, Qt::LeftButton, {}, {100, card->height() - 16}); // where the share is
    QCOMPARE(gallery().model().branch(), candidate);
}

void TestGallery::breadcrumbAndMinimapLeadBack()
{
    QVERIFY(explore(100));
    gallery().open(gallery().stage().candidate(largest()));
    const int first = gallery().model().branch();
    gallery().open(gallery().stage().candidate(largest()));
    QCOMPARE(gallery().model().path().size(), std::size_t(2));
    auto* way = gallery().findChild<Breadcrumb*>();
    const QList<QToolButton*> steps = way->findChildren<QToolButton*>();
    const auto named = [](const QList<QToolButton*>& buttons, const QString& text) {
        for (QToolButton* button : buttons)
            if (button->isVisible() && button->text().contains(text))
                return button;
        return static_cast<QToolButton*>(nullptr);
    };
    QToolButton* back = named(steps, QStringLiteral("like %1").arg(first + 1));
    QVERIFY(back);
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(gallery().model().branch(), first);

    TreeMinimap& minimap = gallery().side().minimap();
    const int below = gallery().model().cards().front();
    const int top = [this] { // a card of the root
        gallery().open(GalleryModel::root);
        return gallery().model().cards().front();
    }();
    QTest::mouseClick(&minimap, Qt::LeftButton, {}, minimap.blockOf(below).center().toPoint());
    QCOMPARE(gallery().model().branch(), first);
    QTest::mouseClick(&minimap, Qt::LeftButton, {}, minimap.blockOf(top).center().toPoint());
    QCOMPARE(gallery().model().branch(), GalleryModel::root);
}

void TestGallery::starAndCross()
{
    QVERIFY(explore(60));
    GalleryCard* card = gallery().card(1);
    card->setFocus();
    QTest::keyClick(card, Qt::Key_S);
    QVERIFY(card->content().starred);
    QVERIFY(card->accessibleName().contains(QStringLiteral("starred")));
    QTest::keyClick(card, Qt::Key_X);
    QVERIFY(card->content().rejected && !card->content().starred);
    QTest::keyClick(card, Qt::Key_X);
    QVERIFY(!card->content().rejected);
    QTRY_VERIFY(!card->content().picture.isNull());
    QTest::mouseClick(card, Qt::LeftButton, {}, {card->width() - 8 - 16, 8 + 16}); // the star on the picture
    QVERIFY(card->content().starred);
}

void TestGallery::starsStayWhenTheRuleChanges()
{
    QVERIFY(explore(60));
    const int candidate = gallery().stage().candidate(3);
    QTest::keyClick(gallery().card(3), Qt::Key_S);
    for (const Rule rule : {Rule::KMeans, Rule::Random, Rule::Uniform, Rule::FarthestPoint}) {
        QTest::mouseClick(gallery().rules().button(rule), Qt::LeftButton);
        QTRY_VERIFY(!gallery().grouping());
        QCOMPARE(gallery().model().tree()->options().rule, rule);
        QVERIFY(gallery().stage().placeOf(candidate) >= 0);
        QCOMPARE(gallery().count(), 5);
    }
}

void TestGallery::everyRuleHasItsSentence_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("slider");
    QTest::newRow("farthest point") << int(Rule::FarthestPoint) << "diversity" << true;
    QTest::newRow("k-means") << int(Rule::KMeans) << "coverage" << false;
    QTest::newRow("uniformization") << int(Rule::Uniform) << "leave out the main kind" << true;
    QTest::newRow("random") << int(Rule::Random) << "likely" << false;
}

void TestGallery::everyRuleHasItsSentence()
{
    QFETCH(int, rule);
    QFETCH(QString, word);
    QFETCH(bool, slider);
    QVERIFY(explore(30));
    QTest::mouseClick(gallery().rules().button(Rule(rule)), Qt::LeftButton);
    QCOMPARE(gallery().model().rule(), Rule(rule));
    QTRY_VERIFY(gallery().captionText().contains(word));
    QCOMPARE(gallery().rules().slider()->isEnabled(), slider);
}

/// Five of a hundred are of the third kind: farthest points show one, and so does no likely choice.
void TestGallery::oddEndFindsTheRareKind()
{
    QVERIFY(explore(100));
    const auto kinds = [this] {
        std::set<int> shown;
        for (const int candidate : shownCandidates())
            shown.insert(FakeSession::kind(candidate));
        return shown;
    };
    QCOMPARE(kinds(), (std::set<int>{0, 1, 2}));
    for (int i = 0; i < 5; ++i)
        if (FakeSession::kind(gallery().stage().candidate(i)) == 2)
            QVERIFY(gallery().card(i)->content().standsFor <= 5);
    const std::vector<int> odd = shownCandidates();
    gallery().rules().slider()->setFocus();
    QTest::keyClick(gallery().rules().slider(), Qt::Key_Home);
    QCOMPARE(gallery().model().peculiarity(), 0.0);
    QTRY_VERIFY(shownCandidates() != odd);
}

void TestGallery::growsInPlace()
{
    f_->script->holdAfter = 20;
    f_->openWithHole();
    f_->window->parameters().setPool(60);
    f_->action("generate")->trigger();
    QTRY_COMPARE(gallery().model().count(), 20);
    QVERIFY(f_->window->run().running());
    const std::vector<int> before = shownCandidates();
    std::vector<QRect> places;
    for (int i = 0; i < gallery().count(); ++i)
        places.push_back(gallery().card(i)->geometry());
    const GalleryCard* second = gallery().card(1);
    gallery().pick(1); // it can be looked at while others come
    QCOMPARE(f_->window->results().shown(), before[1]);
    QTRY_VERIFY(f_->window->canvas().completionShown());

    f_->script->holdAfter = 45;
    QTRY_COMPARE(gallery().model().count(), 45);
    QCOMPARE(shownCandidates(), before);
    QCOMPARE(gallery().card(1), second);
    for (int i = 0; i < gallery().count(); ++i)
        QCOMPARE(gallery().card(i)->geometry(), places[std::size_t(i)]);
    QCOMPARE(f_->window->results().shown(), before[1]);
    QVERIFY(!gallery().regroupButton()->isHidden());
}

void TestGallery::regroupsAtTheEndUnlessAttended_data()
{
    QTest::addColumn<bool>("attended");
    QTest::newRow("nobody is there") << false;
    QTest::newRow("the keyboard is on a card") << true;
}

void TestGallery::regroupsAtTheEndUnlessAttended()
{
    QFETCH(bool, attended);
    f_->script->holdAfter = 10;
    f_->openWithHole();
    f_->window->parameters().setPool(100);
    f_->action("generate")->trigger();
    QTRY_COMPARE(gallery().model().count(), 10);
    const std::vector<int> before = shownCandidates();
    if (attended)
        gallery().card(0)->setFocus();
    f_->script->holdAfter = 1000;
    QTRY_VERIFY(!f_->window->run().running() && !gallery().grouping());
    QCOMPARE(gallery().model().count(), 100);
    QCOMPARE(gallery().model().stale(), attended);
    QCOMPARE(!gallery().regroupButton()->isHidden(), attended);
    if (!attended)
        return;
    QCOMPARE(shownCandidates(), before);
    QTest::mouseClick(gallery().regroupButton(), Qt::LeftButton);
    QTRY_VERIFY(!gallery().model().stale());
    QVERIFY(gallery().regroupButton()->isHidden());
}

void TestGallery::stoppedPoolIsKept()
{
    f_->script->holdAfter = 25;
    f_->openWithHole();
    f_->window->parameters().setPool(100);
    f_->action("generate")->trigger();
    QTRY_COMPARE(gallery().model().count(), 25);
    QTest::keyClick(f_->window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!f_->window->run().running());
    QCOMPARE(gallery().model().count(), 25);
    QCOMPARE(gallery().count(), 5);
    QVERIFY(f_->sentence().contains(QStringLiteral("Stopped")));
    QVERIFY(f_->action("export")->isEnabled());
}

void TestGallery::gaugeTellsWhatIsUnseen()
{
    QVERIFY(explore(100));
    const UnseenGauge& gauge = gallery().side().gauge();
    const Unseen expected = *gallery().model().unseen();
    QCOMPARE(expected.samples, 100);
    QCOMPARE(gauge.headline(), QStringLiteral("%1 %").arg(qRound(100 * expected.share)));
    QVERIFY(gauge.accessibleName().contains(gauge.headline()));
    QVERIFY(gauge.sentence().contains(QStringLiteral("at most")));
}

void TestGallery::guidedPoolsDoNotTell()
{
    QVERIFY(explore(100, 60));
    QVERIFY(!gallery().model().unseen());
    QVERIFY(gallery().side().gauge().sentence().contains(QStringLiteral("Guided")));
}

void TestGallery::mapPicksCandidates()
{
    QVERIFY(explore(40));
    CandidateMap& map = gallery().side().map();
    const int there = map.candidateAt(map.placeOf(17));
    QVERIFY(QLineF(map.placeOf(there), map.placeOf(17)).length() < 1e-9);
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.placeOf(17).toPoint());
    const int shown = f_->window->results().shown();
    QVERIFY(QLineF(map.placeOf(shown), map.placeOf(17)).length() < 3);
    QCOMPARE(map.candidateAt({-50, -50}), -1);
}

void TestGallery::aSetAloneExplainsItself()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    QVERIFY(!gallery().model().hasTree());
    QVERIFY(gallery().side().explanation().contains(QStringLiteral("Pool")));
    QVERIFY(!gallery().rules().isVisible());
    QTest::keyClick(gallery().card(0), Qt::Key_Return); // nothing to open
    QCOMPARE(gallery().count(), 5);
    QVERIFY(explore(30));
    QVERIFY(gallery().side().explanation().isEmpty());
    QVERIFY(gallery().rules().isVisible());
}

void TestGallery::cardsFlyAndSettle()
{
    QVERIFY(explore(60));
    setMotion(true);
    QVERIFY(motionTime() > 0);
    const QRect origin = gallery().card(largest())->geometry();
    gallery().open(gallery().stage().candidate(largest()));
    QVERIFY(origin.contains(gallery().card(0)->geometry())); // comes out of the card that was opened
    QTRY_VERIFY(gallery().card(0)->geometry() == QRect(QPoint(), origin.size()));
    QTRY_COMPARE(gallery().card(0)->opacity(), 1.0);
    QTRY_COMPARE(gallery().stage().findChildren<GalleryCard*>().size(), gallery().count());

    setMotion(false);
    gallery().close();

    // Another rule: cards that stay fly to their other places, those that go fade.
    setMotion(true);
    const std::vector<int> before = shownCandidates();
    QTest::keyClick(gallery().card(4), Qt::Key_S); // it will stay, in another place
    QTest::mouseClick(gallery().rules().button(Rule::KMeans), Qt::LeftButton);
    QTRY_VERIFY(shownCandidates() != before);
    const int kept = gallery().stage().placeOf(before[4]);
    QVERIFY(kept >= 0);
    QTRY_COMPARE(gallery().card(kept)->x(), kept * (origin.width() + GalleryStage::gap));
    QTRY_COMPARE(gallery().stage().findChildren<GalleryCard*>().size(), gallery().count());

    setMotion(false);
    QTest::mouseClick(gallery().rules().button(Rule::FarthestPoint), Qt::LeftButton);
    QTRY_VERIFY(!gallery().grouping());
    for (int i = 0; i < gallery().count(); ++i)
        QCOMPARE(gallery().card(i)->x(), i * (origin.width() + GalleryStage::gap));
}

void TestGallery::thumbnailsShowTheCandidate()
{
    QVERIFY(explore(60));
    for (int i = 0; i < gallery().count(); ++i) {
        QTRY_VERIFY(!gallery().card(i)->content().picture.isNull());
        const QImage picture = gallery().card(i)->content().picture;
        const int level = 1 + gallery().stage().candidate(i) % 250;
        QCOMPARE(picture.pixelColor(picture.width() / 2, picture.height() / 2), QColor(level, level, level));
    }
}

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
