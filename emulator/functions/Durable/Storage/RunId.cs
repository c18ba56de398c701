namespace Serverless.Emulator.Durable.Storage;

/// <summary>Which life of an instance: a restart under the same id begins an incarnation, ContinueAsNew a generation of it.</summary>
internal readonly record struct RunId(int Incarnation, int Generation)
{
    public static readonly RunId First = new(1, 1);

    public RunId NextIncarnation() => new(Incarnation + 1, 1);

    public RunId NextGeneration() => this with { Generation = Generation + 1 };
}
