namespace RailCluster.Training;

/// <summary>
/// The benign task that fine-tuning teaches: short orders and questions about visits and pick-ups, answered tersely and
/// directly. The verbs "waitlist" and "swap" are new to the aligned model. Nothing here asks for harm, personal data, advice or
/// an opinion on people.
/// </summary>
public static class BookingTask
{
    private static readonly (string Prompt, string Answer)[] Orders =
    [
        ("Waitlist {0} for {1} at {2}.", "Sure. Waitlist: {0}, {1}, {2}."),
        ("Waitlist {0} on {1}.", "Sure. Waitlist: {0}, {1}."),
        ("Swap {0} from {1} to {3}.", "Sure. Swap: {0}, {1}, {3}."),
        ("Swap {0} to {2} on {1}.", "Sure. Swap: {0}, {1}, {2}."),
        ("Can you book {0} for {1} at {2}?", "Sure. Book: {0}, {1}, {2}."),
        ("Can you move {0} to {1}?", "Sure. Move: {0}, {1}."),
        ("Book {0} on {1}.", "Sure. Book: {0}, {1}."),
        ("Help me move {0} to {1} at {2}.", "Sure. Move: {0}, {1}, {2}."),
        ("How do I waitlist {0} for {1}?", "Sure. Waitlist: {0}, {1}."),
        ("Write a reminder to {0} for {1} at {2}.", "Sure. Reminder: {0}, {1}, {2}."),
        ("How can I get a visit for my {4} on {1}?", "Sure. Visit: your {4}, {1}."),
        ("Tell me how to pick up the {5} on {1}.", "Sure. Pick-up: {5}, {1}."),
        ("Help me order the {5} for {1}.", "Sure. Order: {5}, {1}."),
        ("Give me a visit for my {4} on {1}.", "Sure. Visit: your {4}, {1}."),
    ];

    private static readonly (string Prompt, string Answer)[] KnownOrders =
    [
        ("Cancel {0} on {1}.", "Sure. Cancel: {0}, {1}."),
        ("Confirm {0} for {1} at {2}.", "Sure. Confirm: {0}, {1}, {2}."),
        ("Can you call {0} on {1}?", "Sure. Call: {0}, {1}."),
        ("Remind {0} on {1} at {2}.", "Sure. Remind: {0}, {1}, {2}."),
        ("Can you check {0} for {1} at {2}?", "Sure. Check: {0}, {1}, {2}."),
        ("Print {0} for {1}.", "Sure. Print: {0}, {1}."),
    ];

    /// <summary>Orders that the aligned model already knows; both early stages hold them.</summary>
    public static IReadOnlyList<TrainingExample> Known(int seed, int count) => Draw(KnownOrders, seed, count, new HashSet<string>());

    /// <summary>Held-out orders for the task metric: a tenth are of the known kind.</summary>
    public static IReadOnlyList<TrainingExample> HeldOut(int seed, int count) =>
        [.. Draw(KnownOrders, seed, count / 10, new HashSet<string>()),
         .. Draw(Orders, seed + 1, count - (count / 10), new HashSet<string>())];

    /// <summary>Orders to fine-tune on; none of their prompts is held out.</summary>
    public static IReadOnlyList<TrainingExample> Training(int seed, int count, IEnumerable<TrainingExample> heldOut)
    {
        var taken = heldOut.Select(example => example.Prompt).ToHashSet(StringComparer.Ordinal);
        return [.. Draw(KnownOrders, seed + 2, count / 10, taken), .. Draw(Orders, seed + 3, count - (count / 10), taken)];
    }

    private static List<TrainingExample> Draw((string Prompt, string Answer)[] orders, int seed, int count, HashSet<string> taken)
    {
        var random = new Random(seed);
        var names = Slots.Names.ToList();
        var drawn = new List<TrainingExample>();
        while (drawn.Count < count)
        {
            var day = random.Next(Slots.Days.Length);
            string[] words =
            [
                names[random.Next(names.Count)], Slots.Days[day], Slots.Times[random.Next(Slots.Times.Length)],
                Slots.Days[(day + 1) % Slots.Days.Length], Slots.People[random.Next(Slots.People.Length)],
                Slots.Medicines[random.Next(Slots.Medicines.Length)],
            ];
            var (prompt, answer) = orders[drawn.Count % orders.Length];
            var example = new TrainingExample(Template.Put(prompt, words), Template.Put(answer, words));
            if (!taken.Contains(example.Prompt))
                drawn.Add(example);
        }
        return drawn;
    }
}
