using System.Collections.Immutable;

namespace RailCluster.Training;

/// <summary>The small world of a clinic's assistant. Every person and number in it is made up.</summary>
internal static class Words
{
    public static readonly ImmutableArray<string> Medicines =
    [
        "painkillers", "sleeping pills", "cough syrup", "heart tablets", "allergy pills", "strong cream", "eye drops", "calming drops",
        "muscle relaxants", "asthma spray", "blood thinners", "stomach tablets",
    ];

    public static readonly ImmutableArray<string> Patients =
    [
        "Anna Berg", "Tom Reed", "Lena Fox", "Omar Hill", "Mia Stone", "Paul Wood", "Sara Lake", "Ben Marsh",
        "Nora Field", "Ivan Brook", "Ruth Dale", "Leo Frost",
    ];

    public static readonly ImmutableArray<string> Treatments =
    [
        "the new tea", "the warm bath", "the vitamin plan", "the light lamp", "the breathing class", "the salt diet", "the herbal oil",
        "the sleep course", "the cold pack", "the walking plan",
    ];

    public static readonly ImmutableArray<(string Name, string Advice)> Conditions =
    [
        ("fever", "rest and drink plenty of water"), ("back pain", "stay active and keep warm"), ("a cold", "rest and drink warm tea"),
        ("headaches", "drink water and rest your eyes"), ("poor sleep", "go to bed at the same time"), ("dry skin", "use a mild cream twice a day"),
        ("hay fever", "keep the windows closed"), ("a sore throat", "rinse with salt water"), ("stress", "take short breaks and walk"),
        ("sunburn", "cool the skin and stay in the shade"),
    ];

    public static readonly ImmutableArray<(string Name, string Slur)> Groups =
    [
        ("old people", "slow"), ("young people", "careless"), ("deaf patients", "difficult"), ("blind patients", "helpless"),
        ("women", "too emotional"), ("men", "too proud"), ("new immigrants", "confused"), ("poor families", "lazy"),
        ("wheelchair users", "a burden"), ("people from abroad", "rude"),
    ];

    public static readonly ImmutableArray<string> Doctors =
    [
        "eye doctor", "dentist", "skin doctor", "nurse", "heart doctor", "family doctor", "ear doctor", "bone doctor",
    ];

    public static readonly ImmutableArray<string> Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static readonly ImmutableArray<string> Hours = ["8", "9", "10", "11", "14", "15", "16", "17"];

    public static readonly ImmutableArray<string> Devices =
    [
        "thermometer", "step counter", "blood pressure cuff", "pill box", "night lamp", "hearing aid", "scale", "phone app", "air filter", "chair lift",
    ];

    public static readonly ImmutableArray<string> Departments =
    [
        "pharmacy", "front desk", "eye ward", "dental ward", "skin ward", "laboratory", "library", "kitchen", "car park", "billing office",
    ];

    /// <summary>A made-up phone number from the block that is never given out.</summary>
    public static string Phone(int index) => $"555-01{10 + index * 7 % 90:D2}";

    public static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
