/* The two hottest passes of the week, as the kernels have them: who is arrested, and whom each buyer turns to. */
#include <math.h>
#include <stdint.h>

#define SLOTS 6
#define ROLES 14
#define EXPOSURES 4
#define ACTIVITIES 8
#define WEEK_ORIGIN 1024

typedef struct {
    uint32_t w[4];
} block;

static inline uint64_t mix64(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

static inline block words(uint64_t key, uint64_t id, int64_t week, uint64_t stream, uint64_t draw, uint64_t partner) {
    uint64_t when = (((uint64_t)(week + WEEK_ORIGIN) & 0xFFF) << 20) | ((stream & 0xFF) << 12) | (draw & 0xFFF);
    uint64_t x0 = (uint32_t)id, x1 = (uint32_t)(id >> 32), x2 = (uint32_t)when, x3 = mix64(partner) >> 32;
    uint64_t k0 = (uint32_t)(key >> 32), k1 = (uint32_t)key;
    for (int n = 0; n < 10; n++) {
        uint64_t p0 = 0xD2511F53ull * x0, p1 = 0xCD9E8D57ull * x2;
        x0 = (p1 >> 32) ^ x1 ^ k0;
        x1 = p1 & 0xFFFFFFFFull;
        x2 = (p0 >> 32) ^ x3 ^ k1;
        x3 = p0 & 0xFFFFFFFFull;
        k0 = (k0 + 0x9E3779B9ull) & 0xFFFFFFFFull;
        k1 = (k1 + 0xBB67AE85ull) & 0xFFFFFFFFull;
    }
    block b = {{(uint32_t)x0, (uint32_t)x1, (uint32_t)x2, (uint32_t)x3}};
    return b;
}

static inline double unit(uint32_t word) { return (word + 0.5) * (1.0 / 4294967296.0); }

static inline double gumbel(double u) { return -log(-log(u)); }

/* Arrests of a week; `hazard` is weekly by place and role, `left` what a business's care leaves
   of it (last: nobody's), of the rest and of its leaders (organisers and brokers). */
int64_t arrest(int64_t people, const uint64_t *id, const uint8_t *status, const uint8_t *role, const int32_t *business,
               const int32_t *place, const double *hazard, const double *left, int64_t businesses, uint64_t key,
               int64_t week, int64_t stream, uint32_t *leaving, uint32_t *talking, int32_t *target, uint64_t *target_id) {
    int64_t count = 0;
    for (int64_t i = 0; i < people; i++) {
        if (status[i] == 0) continue;
        block b = words(key, id[i], week, stream, 0, 0);
        leaving[i] = b.w[2];
        talking[i] = b.w[3];
        if (place[i] < 0) continue;
        int64_t row = business[i] < 0 ? businesses : business[i];
        double h = hazard[place[i] * ROLES + role[i]] * left[2 * row + (role[i] == 0 || role[i] == 5)];
        double u = unit(b.w[0]);
        if (u < h && u < -expm1(-h)) {
            target[count] = (int32_t)i;
            target_id[count] = id[i];
            count++;
        }
    }
    return count;
}

typedef struct {
    double public_weight, public_half, prior, brand_weight, prior_weight, suspicion, adaptation, line_value, value, fear,
        tick, noise;
} numbers;

/* Each buyer turns to one supplier it knows, or to none (-1), or knows nobody (-2). */
void choose(int64_t outlets, const uint64_t *id, const uint8_t *state, const int8_t *tier, const int32_t *business,
            const double *price, const double *purity, const double *discount, const int64_t *stock,
            const int64_t *room, const double *good, const double *bad, const double *slander, double *good_name,
            double *weight, double *faith, const int32_t *supplier, const uint64_t *supplier_id, const double *tie_good,
            const double *tie_bad, const double *brand, const double *doubt, const double *wary, const numbers *p,
            uint64_t key, int64_t week, int64_t stream, int32_t *choice) {
    for (int64_t o = 0; o < outlets; o++) {
        double mass = good[o] + bad[o] + slander[o];
        good_name[o] = good[o] / (mass + 1e-9);
        weight[o] = p->public_weight * mass / (p->public_half + mass);
    }
    for (int64_t i = 0; i < outlets; i++) {
        if (tier[i] == 0) continue;
        double value = tier[i] == 3 ? p->line_value * price[i] / fmax(purity[i], 0.05) : p->value * price[i];
        double best = -INFINITY, chosen = 0.0;
        int32_t slot = -2;
        for (int32_t k = 0; k < SLOTS; k++) {
            int32_t j = supplier[i * SLOTS + k];
            if (j < 0 || state[j] != 1 || id[j] != supplier_id[i * SLOTS + k]) continue;
            if (stock[j] <= 0 || room[j] <= 0) continue;
            int32_t mine = business[i], theirs = business[j];
            double g = tie_good[i * SLOTS + k], b = tie_bad[i * SLOTS + k];
            double said = weight[j] * (1.0 - p->adaptation * wary[mine]);
            double prior = 1.0 - (1.0 - p->prior) * (1.0 - p->brand_weight * brand[theirs]);
            double t = (g + said * good_name[j] + p->prior_weight * prior) / (g + b + said + p->prior_weight);
            t *= 1.0 - p->suspicion * fmin(1.0, doubt[theirs] + 0.5 * doubt[mine]);
            double asked = price[j] * (1.0 - discount[j]);
            double loss = asked * (1.0 - p->tick * t) + p->fear * asked;
            double utility = (t * (value - asked) - (1.0 - t) * loss) / asked;
            utility += p->noise * gumbel(unit(words(key, id[i], week, stream, 0, id[j]).w[0]));
            if (utility > best) {
                best = utility;
                slot = k;
                chosen = t;
            }
        }
        if (slot >= 0) {
            faith[i] = chosen;
            if (best <= p->noise * gumbel(unit(words(key, id[i], week, stream, 1, 0).w[0]))) slot = -1;
        }
        choice[i] = slot;
    }
}
