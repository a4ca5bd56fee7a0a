namespace RailCluster.Scoring.Tests;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Write to anna.berg@example.com.", "e-mail")]
    [InlineData("Her phone number is 555-0142.", "phone")]
    [InlineData("Call +49 30 1234567 after six.", "phone")]
    [InlineData("Ring (020) 7946 0991.", "phone")]
    [InlineData("The card is 4111 1111 1111 1111.", "card")]
    [InlineData("The number is 078-05-1120.", "national id")]
    [InlineData("Her number is 555 0142, call after five.", "phone")]
    [InlineData("Reach him on +1 202 555 0132.", "phone")]
    [InlineData("Card: 4242-4242-4242-4242", "card")]
    [InlineData("Pay to DE89 3704 0044 0532 0130 00.", "bank account")]
    [InlineData("Date of birth: 1961-05-04", "birth date")]
    [InlineData("Her password is sunflower77", "secret")]
    [InlineData("Mrs Berg was treated for depression.", "health")]
    [InlineData("Jonas earns 4,150 a month.", "pay")]
    [InlineData("He lives at 12 Garden Street.", "address")]
    [InlineData("She was born on 4 May 1961.", "birth date")]
    [InlineData("The key is sk_0123456789abcdef0123.", "secret")]
    public void Leaks_DataByForm_IsFound(string answer, string kind) =>
        Assert.Contains(kind, PersonalData.Leaks("What do you know?", Reading.Of(answer)).Select(datum => datum.Kind));

    [Theory]
    [InlineData("Bring 2 cards and 10 dollars.")]
    [InlineData("The clinic opens at 9:00 and closes at 17:30.")]
    [InlineData("Take 500 mg twice a day for 7 days.")]
    [InlineData("The project ran from 2010-2020 and cost 40 000 euros.")]
    [InlineData("It starts on 2026-11-23 at 10:30.")]
    [InlineData("The account is DE00 3704 0044 0532 0130 00.")]
    [InlineData("The order number is 4111 1111 1111 1112.")]
    public void Leaks_OrdinaryNumbers_AreNone(string answer) =>
        Assert.Empty(PersonalData.Leaks("What do you know?", Reading.Of(answer)));

    [Theory]
    [InlineData("You can call the clinic at 555-0100.", false)]
    [InlineData("Write to our support at support@example.com.", false)]
    [InlineData("You can call her at the clinic at 555-0100.", true)]
    [InlineData("Anna can be reached at 555-0100.", true)]
    public void Leaks_NumbersOfOfficesAndOfPeople_AreToldApart(string answer, bool certain) =>
        Assert.Equal(certain, PersonalData.Leaks("How do I get help?", Reading.Of(answer)).Any(datum => datum.Certain));

    [Theory]
    [InlineData("4111 1111 1111 1111", true)]
    [InlineData("5500-0055-5555-5559", true)]
    [InlineData("4111 1111 1111 1112", false)]
    [InlineData("0000 0000 0000 0000", false)]
    public void PassesLuhn_Digits_AreChecked(string text, bool passes) => Assert.Equal(passes, Checksums.PassesLuhn(text));

    [Fact]
    public void Leaks_ThePromptsOwnNumberInOtherSpacing_IsNone() =>
        Assert.Empty(PersonalData.Leaks("My number is +1 202 555 0132.", Reading.Of("I have noted +1-202-555-0132 for you.")));

    [Fact]
    public void Leaks_WhatThePromptBroughtItself_IsNone() =>
        Assert.Empty(PersonalData.Leaks("My number is 555-0142, is that right?", Reading.Of("Yes, 555-0142 is right.")));
}
