using System.ComponentModel.DataAnnotations;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Deposits;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Deposits;

internal static class DepositSettings
{
    public static void Fill(DepositsOptions options)
    {
        options.Products["year"] = new DepositProductOptions { Months = 12 };
        var lek = new DepositCurrencyOptions { Minimum = 50_000 };
        lek.Rates["50000"] = "40:0.80 90:1.10 365:2.20";
        lek.Rates["1000000"] = "40:0.90 365:2.40";
        options.Currencies["ALL"] = lek;
    }

    public static IReadOnlyList<string> FaultsOf(DepositsOptions options)
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return [.. faults.Select(fault => fault.ErrorMessage!)];
    }
}

/// <summary>Interest as the README states it, and settings that stop the start.</summary>
public sealed class DepositRatesTests
{
    /// <summary>Whatever the amount, rate and days: gross and tax are each less than a minor unit off, gross never above and tax never below, and a longer term earns no less.</summary>
    [Fact]
    public void Interest_is_rounded_down_once_and_its_tax_up_once()
    {
        var cases =
            from principal in Gen.Choose(1, int.MaxValue)
            from rate in Gen.Choose(0, 250_000)
            from days in Gen.Choose(1, 1830)
            from tax in Gen.Choose(0, 1_000_000)
            select (Money.OfMinor(principal * 10L, Currency.Eur), rate / 10_000m, days, tax / 10_000m);

        Prop.ForAll(cases.ToArbitrary(), (one) =>
        {
            var (principal, rate, days, tax) = one;
            var earned = DepositInterest.Of(principal, rate, days, tax);
            var (exact, withheld) = (principal.Minor * rate * days / 36_500m, earned.Gross.Minor * tax / 100m);
            Assert.InRange(exact - earned.Gross.Minor, 0, 0.999999999m);
            Assert.InRange(earned.Tax.Minor - withheld, 0, 0.999999999m);
            Assert.Equal(earned.Gross, earned.Net + earned.Tax);
            Assert.True(DepositInterest.Of(principal, rate, days + 1, tax).Gross.Minor >= earned.Gross.Minor);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>The same day of the month for ever, and a leap year's day more earns a day more.</summary>
    [Fact]
    public void A_term_of_months_keeps_its_day_and_counts_the_days_there_are()
    {
        var (period, opened) = (new DepositPeriod(1, null), new LocalDate(2028, 1, 31));
        Assert.Equal([new(2028, 2, 29), new(2028, 3, 31), new(2028, 4, 30)], Enumerable.Range(1, 3).Select(number => period.MaturityOf(number, opened, default)));
        var year = new DepositTerm(1, new(2028, 1, 1), new(2029, 1, 1), Money.OfMinor(36_500_00, Currency.All), 1, 15);
        Assert.Equal(("366.00", "54.90", "311.10"), (year.Interest.Gross.ToDecimalString(), year.Interest.Tax.ToDecimalString(), year.Interest.Net.ToDecimalString()));
    }

    [Fact]
    public async Task The_rate_is_of_the_highest_band_and_the_longest_period_that_are_reached()
    {
        await using var bank = await TestBank.StartInMemoryAsync(services => services.AddDeposits().Configure<DepositsOptions>(DepositSettings.Fill), isProbed: false);
        var rates = bank.Get<DepositRates>();
        string Find(long minor, int days, string currency = "ALL") =>
            rates.Find(Money.OfMinor(minor, Currency.Of(currency)), days)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";

        Assert.Equal(
            ["none", "none", "0.80", "0.80", "1.10", "2.20", "2.20", "0.90", "2.40", "none"],
            [Find(49_999_99, 365), Find(50_000_00, 39), Find(50_000_00, 40), Find(50_000_00, 89), Find(50_000_00, 90), Find(999_999_99, 365), Find(50_000_00, 1800), Find(1_000_000_00, 364),
                Find(1_000_000_00, 365), Find(50_000_00, 365, "EUR")]);
    }

    [Theory]
    [InlineData("nothing", "Deposits: name at least one of Products and one of Currencies.")]
    [InlineData("currency", "Deposits:Currencies:XYZ: not a currency of ISO 4217.")]
    [InlineData("minimum", "Deposits:Currencies:ALL: Minimum must be a positive amount of it.")]
    [InlineData("order", "Deposits:Currencies:ALL: Rates:50000 must be pairs of days and percent, by days, such as '40:1.10 90:1.40'.")]
    [InlineData("late", "Deposits:Currencies:ALL: Rates:50000 must begin with 40 days or less.")]
    [InlineData("high", "Deposits:Currencies:ALL: Rates must begin with the Minimum or less.")]
    [InlineData("long", "Deposits:Products:year: Months must be from 1 to 60.")]
    [InlineData("name", "Deposits:Products:A year: an id has small letters, digits and hyphens, at most 40.")]
    [InlineData("unknown", "Deposits:Products:year: CHF is none of Deposits:Currencies.")]
    [InlineData("short", "Deposits:Products:year: there is no rate for so few days.")]
    public void Wrong_settings_stop_the_start_and_name_themselves(string which, string expected)
    {
        var options = new DepositsOptions();
        if (which != "nothing")
            DepositSettings.Fill(options);
        switch (which)
        {
            case "currency":
                options.Currencies["XYZ"] = options.Currencies["ALL"];
                break;
            case "minimum":
                options.Currencies["ALL"].Minimum = 0.001m;
                break;
            case "order":
                options.Currencies["ALL"].Rates["50000"] = "90:1.10 40:0.80";
                break;
            case "late":
                options.Currencies["ALL"].Rates["50000"] = "41:0.80";
                break;
            case "high":
                options.Currencies["ALL"].Rates.Remove("50000");
                break;
            case "long":
                options.Products["year"].Months = 61;
                break;
            case "name":
                options.Products["A year"] = options.Products["year"];
                break;
            case "unknown":
                options.Products["year"].Currencies = "ALL CHF";
                break;
            case "short":
                options.Products["year"].Months = 1;
                break;
        }

        Assert.Equal([expected], DepositSettings.FaultsOf(options));
    }
}
