import java.util.List;
import java.util.Locale;

/** Accounts behind one interface; records, a sealed hierarchy and streams. */
public class Bank {
    sealed interface Account permits Savings, Checking {
        String owner();

        long cents();

        /** A new account after one month: nothing here changes in place. */
        Account afterOneMonth();
    }

    record Savings(String owner, long cents, double yearlyInterest) implements Account {
        public Account afterOneMonth() {
            return new Savings(owner, cents + Math.round(cents * yearlyInterest / 12), yearlyInterest);
        }
    }

    record Checking(String owner, long cents, long monthlyFee) implements Account {
        public Account afterOneMonth() {
            return new Checking(owner, cents - monthlyFee, monthlyFee);
        }
    }

    static String show(Account account) {
        String kind = account instanceof Savings savings
                ? String.format(Locale.ROOT, "savings at %.1f %%", savings.yearlyInterest() * 100)
                : "checking";
        return String.format(Locale.ROOT, "%-6s %10.2f  %s", account.owner(), account.cents() / 100.0, kind);
    }

    static List<Account> afterMonths(List<Account> accounts, int months) {
        return months == 0
                ? accounts
                : afterMonths(accounts.stream().map(Account::afterOneMonth).toList(), months - 1);
    }

    public static void main(String[] arguments) {
        List<Account> accounts = List.of(
                new Savings("Ada", 250_000, 0.03),
                new Checking("Grace", 80_000, 450),
                new Savings("Alan", 120_000, 0.045));

        for (int months : new int[] {0, 12}) {
            List<Account> then = afterMonths(accounts, months);
            System.out.printf("After %d months%n", months);
            then.forEach(account -> System.out.println("  " + show(account)));
            long total = then.stream().mapToLong(Account::cents).sum();
            System.out.printf(Locale.ROOT, "  %-6s %10.2f%n", "total", total / 100.0);
        }
    }
}
