// SPDX-License-Identifier: GPL-3.0-or-later
// The uncertainty lens: its map, its legend, and grouping by a region.
#include <QTest>

#include <cmath>
#include <set>

#include "tests/ui/window_fixture.h"
#include "ui/appearance/motion.h"
#include "ui/lens/heat.h"
#include "ui/lens/lens.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int side = 64;
const QRect first(18, 18, 10, 10), second(34, 34, 12, 12); ///< where candidates differ

int firstLevel(int candidate)
{
    return candidate % 5;
}

/// Two squares differ: the first, of five levels, much less than the second.
std::shared_ptr<const CandidatePool> pool(int count)
{
    CandidatePool pool{.columns = 2};
    for (int i = 0; i < count; ++i) {
        Completion one;
        one.member = i;
        one.patches.push_back({0, 0, make_picture(side, side, 3, 8, [i](std::uint8_t* to) {
                                   for (int y = 0; y < side; ++y)
                                       for (int x = 0; x < side; ++x)
                                           for (int c = 0; c < 3; ++c)
                                               *to++ = std::uint8_t(
                                                   20 + (first.contains(x, y) ? 15 * firstLevel(i) : 0)
                                                   + (second.contains(x, y) ? 40 * (i / 5 % 5) : 0));
                               })});
        pool.candidates.push_back(std::move(one));
        pool.features.push_back(40.f * float(i / 5 % 5)); // mostly the second square
        pool.features.push_back(0.1f * float(firstLevel(i)));
    }
    return std::make_shared<const CandidatePool>(std::move(pool));
}

} // namespace

class TestLens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
        setMotion(false);
    }
    void init()
    {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        f_->openWithHole(side);
    }
    void cleanup() { f_->window.reset(); }
    void keyTogglesIt();
    void mapIsOfTheCompletions();
    void aClickGroupsByThatRegionOnly();
    void theChipTakesItBack();
    void keysFindTheHotSpot();
    void followsTheNextSet();
    void heatIsWhereTheSpreadIs();
    void outlineFollowsPixels();

private:
    Lens& lens() const { return f_->window->lens(); }
    GalleryPanel& gallery() const { return f_->window->gallery(); }
    void showPool(int count)
    {
        FillRequest request;
        request.picture = f_->window->document().picture();
        request.mask = f_->window->document().mask();
        request.recipe = f_->window->parameters().recipe();
        CompletionSet set;
        set.recipe = request.recipe;
        set.pool = pool(count);
        gallery().begin(5);
        gallery().show();
        f_->window->results().setFilled(filledSet(request, set));
        QTRY_COMPARE(gallery().model().count(), count);
    }
    void click(QPoint pixel) const
    {
        const QPointF at = f_->window->canvas().view().toWidget(QPointF(pixel) + QPointF(0.5, 0.5));
        QTest::mouseClick(&lens(), Qt::LeftButton, {}, at.toPoint());
    }
    std::multiset<int> levelsOfCards() const
    {
        std::multiset<int> levels;
        for (const int card : gallery().model().cards())
            levels.insert(firstLevel(card));
        return levels;
    }

    std::unique_ptr<WindowFixture> f_;
};

void TestLens::keyTogglesIt()
{
    QVERIFY(!f_->action("lens")->isEnabled());
    QVERIFY(f_->generate());
    f_->window->canvas().setFocus();
    QTest::keyClick(f_->window.get(), Qt::Key_U);
    QVERIFY(lens().isVisible());
    QCOMPARE(lens().geometry(), f_->window->canvas().rect());
    QTest::keyClick(f_->window.get(), Qt::Key_U);
    QVERIFY(!lens().isVisible());
}

void TestLens::mapIsOfTheCompletions()
{
    QVERIFY(f_->generate());
    f_->action("lens")->trigger();
    QTRY_VERIFY(lens().map());
    QCOMPARE(lens().map()->completions, 5);
    // Five flat colours with 20 grey levels between them.
    QVERIFY(std::abs(lens().map()->largest - std::sqrt(800.f)) < 1e-3);
    QCOMPARE(lens().legendText(), QStringLiteral("Spread of 5 completions in grey levels"));
    QVERIFY(lens().accessibleName().contains(QStringLiteral("28.3 grey levels")));
    click({32, 32}); // no tree to group
    QVERIFY(!gallery().model().region());
}

void TestLens::aClickGroupsByThatRegionOnly()
{
    showPool(50);
    f_->action("lens")->trigger();
    QTRY_VERIFY(lens().map());
    QVERIFY(levelsOfCards() != (std::multiset<int>{0, 1, 2, 3, 4})); // the other square decides
    click(first.center());
    QTRY_VERIFY(gallery().model().byRegion() && !gallery().grouping());
    QCOMPARE(gallery().model().region()->pixels, first.width() * first.height());
    QCOMPARE(levelsOfCards(), (std::multiset<int>{0, 1, 2, 3, 4}));
    for (int place = 0; place < 5; ++place) // and everything below a card is like it there
        for (const int below : gallery().model().cardsBelow(gallery().stage().candidate(place)))
            QCOMPARE(firstLevel(below), firstLevel(gallery().stage().candidate(place)));
    QVERIFY(gallery().regionChip()->isVisible());
}

void TestLens::theChipTakesItBack()
{
    showPool(50);
    const std::vector<int> before = gallery().model().cards();
    f_->action("lens")->trigger();
    QTRY_VERIFY(lens().map());
    click(first.center());
    QTRY_VERIFY(gallery().regionChip()->isVisible());
    gallery().regionChip()->setFocus();
    QTest::keyClick(gallery().regionChip(), Qt::Key_Space);
    QTRY_VERIFY(!gallery().model().byRegion() && !gallery().grouping());
    QVERIFY(!gallery().regionChip()->isVisible());
    QCOMPARE(gallery().model().cards(), before);
}

void TestLens::keysFindTheHotSpot()
{
    showPool(50);
    f_->action("lens")->trigger();
    QTRY_VERIFY(lens().map());
    lens().setFocus();
    QTest::keyClick(&lens(), Qt::Key_Return); // it begins at the hottest
    QTRY_VERIFY(gallery().model().byRegion());
    QCOMPARE(gallery().model().region()->pixels, second.width() * second.height());
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(&lens(), i % 2 ? Qt::Key_Up : Qt::Key_Left); // to the corner of the hole
    const int steps = 5;                                             // of a pixel each, into the first square
    for (int i = 0; i < steps; ++i) {
        QTest::keyClick(&lens(), Qt::Key_Right);
        QTest::keyClick(&lens(), Qt::Key_Down);
    }
    QTest::keyClick(&lens(), Qt::Key_Return);
    QCOMPARE(gallery().model().region()->pixels, first.width() * first.height());
}

void TestLens::followsTheNextSet()
{
    f_->action("lens")->setChecked(true);
    QVERIFY(!lens().isVisible());
    QVERIFY(f_->generate());
    QVERIFY(lens().isVisible());
    QTRY_VERIFY(lens().map());
    QCOMPARE(lens().map()->completions, 5);
    showPool(30);
    QTRY_COMPARE(lens().map()->completions, 30);
    QVERIFY(!gallery().model().region());
}

void TestLens::heatIsWhereTheSpreadIs()
{
    showPool(50);
    f_->action("lens")->trigger();
    QTRY_VERIFY(lens().map());
    const QImage heat = heatImage(*lens().map());
    const QPoint origin(side / 4, side / 4);
    const QColor hottest = heat.pixelColor(second.center() - origin);
    QCOMPARE(hottest.alpha(), heatColour(1).alpha());
    QVERIFY(std::abs(hottest.green() - heatColour(1).green()) <= 1); // premultiplied in between
    QCOMPARE(heat.pixelColor(QPoint(1, 30)).alpha(), 0);
    const QColor weaker = heat.pixelColor(first.center() - origin);
    QVERIFY(weaker.alpha() > 0 && weaker.alpha() < heatColour(1).alpha());
    for (int i = 1; i <= 20; ++i) // more is more opaque and lighter
        QVERIFY(heatColour(i / 20.0).alpha() >= heatColour((i - 1) / 20.0).alpha());
    QVERIFY(heatColour(1).lightness() > heatColour(0.5).lightness());
}

void TestLens::outlineFollowsPixels()
{
    PixelRegion region{
        .grid = {{10, 20, 8, 8}, 2, 4, 4}, .inside = std::vector<std::uint8_t>(16, 0), .pixels = 2};
    region.inside[5] = region.inside[6] = 1; // the second row, in the middle
    const QPainterPath path = outline(region);
    QCOMPARE(path.boundingRect(), QRectF(12, 22, 4, 2));
    QCOMPARE(path.elementCount(), 8); // four straight lines
}

QTEST_MAIN(TestLens)
#include "tst_lens.moc"
