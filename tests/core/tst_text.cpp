// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "engine/core/default_recipe.h"
#include "engine/core/text.h"

using namespace lacuna;

class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreJoined();
    void recipesOfModels();
};

void TestText::namesAreJoined()
{
    QCOMPARE(joined({}), std::string());
    QCOMPARE(joined({"a"}, " or "), std::string("a"));
    QCOMPARE(joined({"a", "b", "c"}), std::string("a, b, c"));
    QCOMPARE(joined({"a", "b", "c"}, " or "), std::string("a, b or c"));
}

void TestText::recipesOfModels()
{
    const Recipe photo = default_recipe(), network = default_recipe("cats-64");
    QCOMPARE(photo.model, std::string("this-photo"));
    QCOMPARE(photo.method, std::string("project"));
    QCOMPARE(network.model, std::string("cats-64"));
    QCOMPARE(network.method, std::string("ddnm"));
    QCOMPARE(network.eta, 0.3);
    QVERIFY(photo.eta > network.eta);
    validate(photo);
    validate(network);
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
