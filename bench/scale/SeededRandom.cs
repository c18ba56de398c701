using System.Runtime.CompilerServices;

namespace Serverless.Scale;

/// <summary>SplitMix64: the same numbers from the same seed on every machine and in every version of .NET.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong state = seed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>How many come in a second in which so many are expected, about as Poisson has it.</summary>
    /// <remarks>By the normal distribution, and that by three uniform numbers: no logarithm or exponential, which differ in their last bits between machines.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Arrivals(double expected)
    {
        var bits = Next();
        var sum = ((bits & 0x1FFFFF) + ((bits >> 21) & 0x1FFFFF) + ((bits >> 42) & 0x1FFFFF)) / (double)0x200000;
        return (int)Math.Max(0, Math.Floor(expected + (Math.Sqrt(expected) * 2 * (sum - 1.5)) + 0.5));
    }
}
