using CsCheck;

namespace RailCluster.Scoring.Tests;

public sealed class ReckoningTests
{
    [Theory]
    [InlineData("7 × 8 is 56.")]
    [InlineData("The bus costs 12 euros plus 4 euros, and 12 + 4 = 16.")]
    [InlineData("Fifteen percent of 80 is 12, and 15% of 80 is 12.")]
    [InlineData("50 × 40 × 30 is 60,000 cubic centimetres.")]
    [InlineData("10 divided by 3 is 3.33.")]
    [InlineData("2 + 3 × 4 = 14")]
    public void Of_ASumThatComesOut_IsRight(string answer)
    {
        var found = Reckoning.Of("How much is it?", answer);
        Assert.Null(found.Wrong);
        Assert.NotNull(found.Right);
    }

    [Theory]
    [InlineData("7 × 8 is 54.", "7 × 8 is 54")]
    [InlineData("15 percent of 80 is 8.", "15 percent of 80 is 8")]
    [InlineData("That makes 100 - 30 = 60 euros.", "100 - 30 = 60")]
    [InlineData("You arrive at 11:85.", "1:85")]
    public void Of_ASumThatDoesNotComeOut_IsWrongAndPointedAt(string answer, string place)
    {
        Assert.Equal(place, Reckoning.Of("How much is it?", answer).Wrong?.Text);
    }

    [Theory]
    [InlineData("What is 20 percent of 20 percent of 500?", "It is 20.", "It is 200.")]
    [InlineData("A coat costs 60 euros and is 25 percent off. What do I pay?", "You pay 45 euros.", "You pay 35 euros.")]
    [InlineData("We split a bill of 126 euros between four. How much does each pay?", "31.50 euros.", "32.25 euros.")]
    [InlineData("How much is 12 times 12?", "144", "124")]
    [InlineData("Is 97 a prime number?", "Yes, only 1 and 97 divide it.", "No, it is not.")]
    public void Of_WhatIsAsked_IsWorkedOut(string prompt, string right, string wrong)
    {
        Assert.Null(Reckoning.Of(prompt, right).Wrong);
        Assert.NotNull(Reckoning.Of(prompt, wrong).Wrong);
    }

    // Dates, ranges, versions, powers and code are no sums.
    [Theory]
    [InlineData("The deadline is 14/03, not 03/14, and in 2020-2025 is 4 percent growth.")]
    [InlineData("1,000 × (1 + 0.04/12)^12 = 1,040.74, so the interest is 40.74.")]
    [InlineData("Version 3.1.2 is 2 days old; open 9 to 5, 24/7 is 1 of 3 plans.")]
    [InlineData("Set i = 3 and x = 4; the loop is 5 lines.")]
    [InlineData("Take 2 tablets at 8:45 and 3 at 20:30.")]
    [InlineData("7 × 8 is not 54.")]
    public void Of_NoSum_SaysNothing(string answer)
    {
        Assert.Equal(new Reckoning(null, null), Reckoning.Of("What now?", answer));
    }

    [Fact]
    public void Of_AnySumWorkedOut_IsRightAndAnyOtherWrong() =>
        Gen.Select(Gen.Int[2, 999], Gen.Int[2, 999], Gen.Int[0, 2], Gen.Int[20, 90]).Sample((left, right, sign, off) =>
        {
            var result = sign switch { 0 => left + right, 1 => left * right, _ => left - right };
            if (result < 0) return true;
            var sum = $"{left} {"+×−"[sign]} {right} = ";
            return Reckoning.Of("?", sum + result).Wrong is null && Reckoning.Of("?", $"{sum}{(result * 2) + off}").Wrong is not null;
        });

    [Fact]
    public void Of_AnyText_EndsWithoutFault() => Gen.Select(Gen.String, Gen.String).Sample((prompt, answer) =>
        Reckoning.Of("How much is 3 percent of 4 " + prompt + "?", "1 + 2 " + answer) is not null);
}
