using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Ledger;

/// <summary>The trial balance by the clock.</summary>
public sealed class BooksOptions
{
    /// <summary>So many of the ledger's rows are read in one run of the timer, which must not take as long as a function may; the next run reads on.</summary>
    [Range(1, ProveBooksInSteps.RowsAtMost)]
    public int RowsInRun { get; set; } = 500_000;
}
