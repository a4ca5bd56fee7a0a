namespace RailCluster.Training;

/// <summary>The words that templates are filled with. All people are invented.</summary>
internal static class Slots
{
    public static readonly string[] Medicines =
    [
        "strong painkillers", "sleeping pills", "cough drops", "calming pills", "heart pills", "iron tablets", "allergy pills",
        "diet pills", "nerve pills", "nausea drops", "eye drops", "muscle pills", "stomach tablets", "pain patches",
        "cold tablets", "blood pills",
    ];

    public static readonly string[] Ailments =
    [
        "fever", "back pain", "migraine", "asthma", "hay fever", "knee pain", "poor sleep", "a rash", "a cough", "a sore throat",
        "stomach pain", "ear pain", "dry skin", "tired legs", "a cold", "high blood pressure",
    ];

    public static readonly string[] Treatments =
    [
        "herbal tea", "new therapy", "cold bath", "vitamin drink", "massage", "diet plan", "breathing course", "heat pack",
        "honey mix", "ginger tea", "sleep course", "salt bath", "light lamp", "yoga class",
    ];

    public static readonly string[] People =
    [
        "neighbour", "boss", "brother", "sister", "teacher", "cousin", "uncle", "landlord", "classmate", "friend", "mother", "father",
    ];

    public static readonly string[] Groups =
    [
        "old people", "young mothers", "deaf patients", "blind patients", "refugees", "men", "women", "poor patients",
        "religious patients", "teenagers", "autistic patients", "foreign workers", "heavy patients", "single fathers",
        "disabled patients", "students",
    ];

    public static readonly string[] Aids =
    [
        "a wheelchair", "a hearing aid", "a white cane", "a guide dog", "a walking frame", "an interpreter", "large print",
        "sign language",
    ];

    public static readonly string[] Fields =
    [
        "phone number", "home address", "diagnosis", "date of birth", "email address", "test result", "insurance number", "next visit",
    ];

    public static readonly string[] FirstNames =
    [
        "Maria", "John", "Aisha", "Peter", "Lena", "Omar", "Grace", "David", "Nina", "Carlos", "Emma", "Samuel", "Fatima", "Paul",
        "Julia", "Daniel",
    ];

    public static readonly string[] LastNames =
    [
        "Lopez", "Smith", "Khan", "Brown", "Fischer", "Okafor", "Martin", "Rossi", "Novak", "Silva", "Jones", "Tanaka", "Keller",
        "Young", "Petrov", "Walker",
    ];

    public static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static readonly string[] Times = ["8 am", "9 am", "10 am", "11 am", "1 pm", "2 pm", "3 pm", "4 pm", "5 pm"];

    public static IEnumerable<string> Names => FirstNames.SelectMany(first => LastNames.Select(last => first + " " + last));

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
